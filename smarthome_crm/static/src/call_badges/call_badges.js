import { useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    BadgeSelectionField,
    badgeSelectionField,
} from "@web/views/fields/badge_selection/badge_selection_field";

/** Number of the badges that have a key of their own. */
const KEYS = 9;

/**
 * Badges for a hand on the keyboard: keys 1-9 choose, arrows walk, a click chooses or takes back.
 */
export class CallBadgesField extends BadgeSelectionField {
    static template = "smarthome_crm.CallBadgesField";

    setup() {
        super.setup();
        this.group = useRef("group");
    }

    get options() {
        const options = super.options || [];
        if (this.value && !options.some((option) => option[0] === this.value)) {
            return [...options, [this.value, this.string]];
        }
        return options;
    }

    get string() {
        const value = this.props.record.data[this.props.name];
        if (this.type === "many2one") {
            return value ? value.display_name : "";
        }
        return value ? super.string : "";
    }

    keyOf(index) {
        return index < KEYS ? `${index + 1}` : "";
    }

    choose(value) {
        const { required } = this.props.record.fields[this.props.name];
        this.onChange(value === this.value && !required ? this.emptyValue(value) : value);
    }

    /** A selection is taken back by choosing it again, a many2one by false. */
    emptyValue(value) {
        return this.type === "many2one" ? false : value;
    }

    onKeydown(ev) {
        if (this.props.readonly || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const index = this.options.findIndex((option) => option[0] === this.value);
        const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        let chosen;
        if (ev.key in steps && this.options.length) {
            const last = this.options.length - 1;
            chosen = this.options[Math.min(Math.max(index + steps[ev.key], 0), last)];
        } else if (/^[1-9]$/.test(ev.key)) {
            chosen = this.options[Number(ev.key) - 1];
        }
        if (chosen) {
            ev.preventDefault();
            ev.stopPropagation();
            if (chosen[0] !== this.value) {
                this.onChange(chosen[0]);
            }
        }
    }
}

export const callBadgesField = {
    ...badgeSelectionField,
    component: CallBadgesField,
    displayName: _t("Badges chosen by keys"),
};

registry.category("fields").add("smarthome_call_badges", callBadgesField);
