import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Incoming or outgoing, as an arrow in the list. */
export class CallDirectionField extends Component {
    static template = xml`
        <i class="fa fa-fw" t-att-class="icon" t-att-title="title" role="img" t-att-aria-label="title"/>`;
    static props = { ...standardFieldProps };

    get isIncoming() {
        return this.props.record.data[this.props.name] === "in";
    }

    get icon() {
        return this.isIncoming ? "fa-arrow-down text-success" : "fa-arrow-up text-info";
    }

    get title() {
        return this.isIncoming ? _t("Incoming") : _t("Outgoing");
    }
}

registry.category("fields").add("smarthome_call_direction", {
    component: CallDirectionField,
    displayName: _t("Direction of a call"),
    supportedTypes: ["selection"],
});
