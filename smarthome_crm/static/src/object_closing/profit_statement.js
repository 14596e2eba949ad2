import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Forecast, fact and difference by cause; each cause opens the documents behind it. */
export class ProfitStatement extends Component {
    static template = "smarthome_crm.ProfitStatement";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get statement() {
        return this.props.record.data[this.props.name] || { rows: [], is_final: false };
    }

    get rows() {
        return this.statement.rows.filter((row) => row.forecast || row.fact);
    }

    get total() {
        const total = { forecast: 0, fact: 0, difference: 0 };
        for (const row of this.statement.rows) {
            for (const name of Object.keys(total)) {
                total[name] += row[name];
            }
        }
        return total;
    }

    format(amount) {
        return formatMonetary(amount, { currencyId: this.props.record.data.currency_id?.id });
    }

    async open(code) {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, "action_open_profit_row", [
            [record.resId],
            code,
        ]);
        if (action) {
            await this.action.doAction(action);
        }
    }
}

registry.category("fields").add("smarthome_profit_statement", {
    component: ProfitStatement,
    supportedTypes: ["json"],
});
