import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/core/utils/numbers";
import { formatMonetary } from "@web/views/fields/formatters";
import { useBus, useService } from "@web/core/utils/hooks";
import { ProductCatalogKanbanController } from "@product/product_catalog/kanban_controller";
import { ProductCatalogKanbanRecord } from "@product/product_catalog/kanban_record";

export const TOTALS_CHANGED = "SMARTHOME_PROPOSAL_TOTALS_CHANGED";

/** Total and profit of the proposal, above the catalogue, moving while goods are added. */
export class ProposalCatalogTotals extends Component {
    static template = "smarthome_crm.ProposalCatalogTotals";
    static props = { orderId: Number };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ totals: false });
        onWillStart(() => this.load());
        useBus(this.env.bus, TOTALS_CHANGED, () => this.load());
    }

    async load() {
        this.state.totals = await this.orm.call("sale.order", "smarthome_get_totals", [
            [this.props.orderId],
        ]);
    }

    format(amount) {
        return formatMonetary(amount, { currencyId: this.state.totals.currency_id });
    }

    percentText(value) {
        return `${formatFloat(value, { digits: [16, 2] })} %`;
    }

    get level() {
        const { profit_percent, floor } = this.state.totals;
        return profit_percent < floor ? "text-danger" : "text-success";
    }
}

patch(ProductCatalogKanbanController, {
    components: { ...ProductCatalogKanbanController.components, ProposalCatalogTotals },
});

patch(ProductCatalogKanbanController.prototype, {
    get smarthomeProposalId() {
        return this.orderResModel === "sale.order" && this.props.context.smarthome_proposal
            ? this.orderId
            : false;
    },

    _defineButtonContent() {
        super._defineButtonContent();
        if (this.smarthomeProposalId) {
            this.buttonString = _t("Back to the Proposal");
        }
    },
});

patch(ProductCatalogKanbanRecord.prototype, {
    async _updateQuantity() {
        await super._updateQuantity(...arguments);
        this.env.bus.trigger(TOTALS_CHANGED);
    },
});
