import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Where the bars of a waterfall stand, in percent of its width.
 *
 * @param {{amount: number, from: number}[]} steps each begins where the one before ended
 * @param {number} total where the last one ends
 * @returns {{left: number, width: number}[]} a bar for each step, and one for the total
 */
export function getBars(steps, total) {
    const ends = steps.flatMap((step) => [step.from, step.from + step.amount]);
    const low = Math.min(0, total, ...ends);
    const span = Math.max(0, total, ...ends) - low || 1;
    const bar = (from, to) => ({
        left: (100 * (Math.min(from, to) - low)) / span,
        width: (100 * Math.abs(to - from)) / span,
    });
    return [...steps.map((step) => bar(step.from, step.from + step.amount)), bar(0, total)];
}

/** Waterfall from the proposal's profit to the final one; each cause opens its documents. */
export class ProfitAutopsy extends Component {
    static template = "smarthome_bonus.ProfitAutopsy";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get autopsy() {
        return this.props.record.data[this.props.name] || null;
    }

    get steps() {
        const { steps, total } = this.autopsy;
        const bars = getBars(steps, total);
        return steps.map((step, index) => ({ ...step, style: this.style(bars[index]) }));
    }

    get totalStyle() {
        const { steps, total } = this.autopsy;
        return this.style(getBars(steps, total).at(-1));
    }

    style({ left, width }) {
        return `left: ${left}%; width: ${Math.max(width, 0.5)}%`;
    }

    format(amount) {
        return formatMonetary(amount, { currencyId: this.props.record.data.currency_id?.id });
    }

    async open(cause) {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, "action_open_cause", [
            [record.resId],
            cause,
        ]);
        if (action) {
            await this.action.doAction(action);
        }
    }
}

registry.category("fields").add("smarthome_profit_autopsy", {
    component: ProfitAutopsy,
    supportedTypes: ["json"],
});
