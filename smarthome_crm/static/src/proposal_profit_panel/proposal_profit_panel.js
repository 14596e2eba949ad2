import { Component } from "@odoo/owl";
import { formatMonetary } from "@web/views/fields/formatters";
import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { _t } from "@web/core/l10n/translation";

/**
 * Total, discount, tax and forecast profit of a proposal, beside its lines.
 *
 * It reads what the form holds, so it moves while lines are edited, before anything is saved.
 * Figures the user may not read are not in the form, and the panel leaves them out.
 */
export class ProposalProfitPanel extends Component {
    static template = "smarthome_crm.ProposalProfitPanel";
    static props = { ...standardWidgetProps };

    get data() {
        return this.props.record.data;
    }

    get seesProfit() {
        return "smarthome_profit" in this.data;
    }

    get isSigned() {
        return ["sale"].includes(this.data.state);
    }

    money(name) {
        return this.format(this.data[name]);
    }

    format(amount) {
        return formatMonetary(amount, { currencyId: this.data.currency_id?.id });
    }

    percentText(value) {
        return `${formatFloat(value, { digits: [16, 2] })} %`;
    }

    get hasDiscount() {
        return Boolean(this.data.smarthome_discount_amount);
    }

    get revenue() {
        const data = this.data;
        return (
            data.smarthome_goods_revenue +
            data.smarthome_works_revenue +
            data.smarthome_other_revenue
        );
    }

    /** Goods, works and, when there is any, the rest: revenue, what it costs, what remains. */
    get halves() {
        const data = this.data;
        const halves = [
            {
                name: "goods",
                title: _t("Goods"),
                costTitle: _t("Cost"),
                revenue: data.smarthome_goods_revenue,
                cost: data.smarthome_goods_cost,
            },
            {
                name: "works",
                title: _t("Works"),
                costTitle: _t("Pay"),
                revenue: data.smarthome_works_revenue,
                cost: data.smarthome_works_pay,
            },
        ];
        if (data.smarthome_other_revenue || data.smarthome_other_cost) {
            halves.push({
                name: "other",
                title: _t("Other"),
                costTitle: _t("Cost"),
                revenue: data.smarthome_other_revenue,
                cost: data.smarthome_other_cost,
            });
        }
        return halves.map((half) => {
            const profit = half.revenue - half.cost;
            const percent = half.revenue ? (100 * profit) / half.revenue : 0;
            return { ...half, profit, percent };
        });
    }

    /** Against the floor of the type of object: above, within five points of it, or below. */
    get level() {
        const percent = this.data.smarthome_profit_percent;
        const floor = this.data.smarthome_profit_floor || 0;
        if (!this.revenue) {
            return this.data.smarthome_profit < 0 ? "danger" : "muted";
        }
        if (percent < floor) {
            return "danger";
        }
        return percent < floor + 5 ? "warning" : "success";
    }

    get floorText() {
        const floor = this.percentText(this.data.smarthome_profit_floor || 0);
        return this.level === "danger"
            ? _t("below the floor of %s", floor)
            : _t("the floor is %s", floor);
    }
}

export const proposalProfitPanel = { component: ProposalProfitPanel };

registry.category("view_widgets").add("smarthome_profit_panel", proposalProfitPanel);
