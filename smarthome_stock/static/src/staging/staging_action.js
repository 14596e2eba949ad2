import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { StagingPage } from "./staging_page";
import { StagingPlaces } from "./staging_places";

/** The staging places, or one of them: /odoo/smarthome-staging and /odoo/smarthome-staging/7. */
export class StagingAction extends Component {
    static template = "smarthome_stock.StagingAction";
    static components = { Layout, StagingPage, StagingPlaces };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Staging");

    setup() {
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.objectId = this.props.resId || this.props.action.params?.object_id || false;
        if (this.objectId && !this.props.resId) {
            this.props.updateActionState({ resId: this.objectId });
        }
        this.open = (resId) =>
            this.action.doAction("smarthome_stock.smarthome_staging_action", { props: { resId } });
        this.setTitle = (title) => this.env.config.setDisplayName(title);
    }
}

registry.category("actions").add("smarthome_staging", StagingAction);
