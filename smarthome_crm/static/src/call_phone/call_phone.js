import { onWillStart, useRef, useState } from "@odoo/owl";
import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { PhoneField, phoneField } from "@web/views/fields/phone/phone_field";

/** Milliseconds without a key after which the number is looked up. */
const PAUSE = 250;
/** Fewer characters are not looked up. */
const MIN_LENGTH = 7;

/**
 * The number of a call. While it is typed, it shows who it is: name, object, last answer, planned
 * call; of another manager's client only whose he is.
 */
export class CallPhoneField extends PhoneField {
    static template = "smarthome_crm.CallPhoneField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.input = useRef("input");
        this.lastLookup = new KeepLast();
        this.found = useState({ caller: null });
        this.lookup = useDebounced((number) => this.recognise(number), PAUSE);
        onWillStart(() => {
            if (this.value && !this.props.record.data.object_id) {
                this.recognise(this.value);
            }
        });
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    async recognise(number) {
        if (number.length < MIN_LENGTH) {
            this.found.caller = null;
            return;
        }
        const call = this.orm.silent.call("smarthome.call", "lookup_number", [number]);
        this.found.caller = await this.lastLookup.add(call);
    }

    get caller() {
        return this.found.caller;
    }

    get plannedCall() {
        const moment = this.caller.next_date && deserializeDateTime(this.caller.next_date);
        return moment ? `${moment.toRelativeCalendar()}, ${toLocaleDateTimeString(moment)}` : "";
    }

    get otherManager() {
        return _t("Client of %s", this.caller.manager);
    }

    get canTakeObject() {
        const { data, activeFields } = this.props.record;
        return this.caller.object_id && "object_id" in activeFields && !data.object_id;
    }

    /** The talk is about the object that is known already. */
    takeObject() {
        const { object_id: id, object: display_name } = this.caller;
        return this.props.record.update({ object_id: { id, display_name } });
    }
}

export const callPhoneField = {
    ...phoneField,
    component: CallPhoneField,
    displayName: _t("Number that recognises the caller"),
};

registry.category("fields").add("smarthome_call_phone", callPhoneField);
