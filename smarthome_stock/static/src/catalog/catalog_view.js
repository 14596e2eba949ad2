import "@account/components/product_catalog/kanban_view";
import "@account/components/product_catalog/kanban_record";
import "@smarthome_crm/proposal_catalog/proposal_catalog";

import { useState, useSubEnv } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { ProductCatalogKanbanController } from "@product/product_catalog/kanban_controller";
import { ProductCatalogKanbanModel } from "@product/product_catalog/kanban_model";
import { ProductCatalogKanbanRecord } from "@product/product_catalog/kanban_record";
import { ProductCatalogKanbanRenderer } from "@product/product_catalog/kanban_renderer";
import { productCatalogKanbanView } from "@product/product_catalog/kanban_view";
import { CatalogLine } from "./catalog_line";

const LOOK = "smarthome_catalog_look";

export class CatalogModel extends ProductCatalogKanbanModel {
    _getOrderLinesInfoParams() {
        return { ...super._getOrderLinesInfoParams(...arguments), smarthome_supply: true };
    }
}

export class CatalogRecord extends ProductCatalogKanbanRecord {
    static template = "smarthome_stock.CatalogRecord";

    get orderLineComponent() {
        return CatalogLine;
    }
}

export class CatalogRenderer extends ProductCatalogKanbanRenderer {
    static template = "smarthome_stock.CatalogRenderer";
    static components = { ...ProductCatalogKanbanRenderer.components, KanbanRecord: CatalogRecord };

    setup() {
        super.setup();
        this.look = useState(this.env.smarthomeCatalogLook);
    }
}

/** The catalogue of a proposal: big pictures or a dense list, found by scanning too. */
export class CatalogController extends ProductCatalogKanbanController {
    setup() {
        super.setup();
        this.canScan = isBarcodeScannerSupported();
        const usual = this.env.isSmall ? "dense" : "pictures";
        this.look = useState({ name: browser.localStorage.getItem(LOOK) || usual });
        useSubEnv({ smarthomeCatalogLook: this.look });
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", (ev) => this.findScanned(ev.detail.barcode));
    }

    setLook(name) {
        this.look.name = name;
        browser.localStorage.setItem(LOOK, name);
    }

    async scan() {
        const barcode = await scanBarcode(this.env);
        if (barcode) {
            this.findScanned(barcode);
        }
    }

    /** Show what was scanned, in place of what was looked for before. */
    findScanned(barcode) {
        const { searchModel } = this.env;
        const items = searchModel.getSearchItems((item) => item.fieldName === "smarthome_words");
        if (items.length) {
            const [{ id, groupId }] = items;
            searchModel.deactivateGroup(groupId);
            searchModel.addAutoCompletionValues(id, {
                label: barcode,
                operator: "ilike",
                value: barcode,
            });
        }
    }
}

registry.category("views").add("smarthome_proposal_catalog", {
    ...productCatalogKanbanView,
    Controller: CatalogController,
    Model: CatalogModel,
    Renderer: CatalogRenderer,
    buttonTemplate: "smarthome_stock.CatalogButtons",
});
