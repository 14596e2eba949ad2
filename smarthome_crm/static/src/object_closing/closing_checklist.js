import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What stands in the way of closing; each row leads to where it is done. */
export class ClosingChecklist extends Component {
    static template = "smarthome_crm.ClosingChecklist";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get obstacles() {
        return this.props.record.data[this.props.name] || [];
    }

    async open(code) {
        const { record } = this.props;
        await record.save();
        const action = await this.orm.call(record.resModel, "action_open_obstacle", [
            [record.resId],
            code,
        ]);
        if (action) {
            await this.action.doAction(action, { onClose: () => record.load() });
        }
    }
}

registry.category("fields").add("smarthome_closing_checklist", {
    component: ClosingChecklist,
    supportedTypes: ["json"],
});
