import { Component } from "@odoo/owl";
import { formatDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;
/** Days around today that are said in words. */
const NEAR = 7;

/** A moment as a person says it: today, tomorrow, 3 days ago; the date itself on hover. */
export class CallMomentField extends Component {
    static template = "smarthome_crm.CallMomentField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isLate() {
        const { is_open, state } = this.props.record.data;
        return is_open && state !== "done" && this.value < DateTime.now();
    }

    get day() {
        const days = this.value.startOf("day").diff(DateTime.now().startOf("day"), "days").days;
        return Math.abs(days) <= NEAR
            ? this.value.toRelativeCalendar({ unit: "days" })
            : formatDate(this.value);
    }

    get hour() {
        return toLocaleDateTimeString(this.value, { showDate: false, showSeconds: false });
    }

    get title() {
        return toLocaleDateTimeString(this.value);
    }
}

registry.category("fields").add("smarthome_call_moment", {
    component: CallMomentField,
    displayName: _t("Moment in words"),
    supportedTypes: ["datetime"],
});
