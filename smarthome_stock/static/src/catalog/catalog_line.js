import { formatDate, deserializeDate } from "@web/core/l10n/dates";
import { formatFloat } from "@web/core/utils/numbers";
import { formatMonetary } from "@web/views/fields/formatters";
import { ProductCatalogSaleOrderLine } from "@sale_stock/product_catalog/sale_order_line/sale_order_line";

/** Figures of one product and the quantity that the proposal has of it. */
export class CatalogLine extends ProductCatalogSaleOrderLine {
    static template = "smarthome_stock.CatalogLine";
    static props = {
        ...ProductCatalogSaleOrderLine.props,
        deliveredQty: { type: Number, optional: true },
        supply: { type: [Object, Boolean], optional: true },
        costs: { type: [Object, Boolean], optional: true },
    };

    money(amount) {
        return formatMonetary(amount, { currencyId: this.env.currencyId });
    }

    amount(quantity) {
        return formatFloat(quantity, { digits: [16, this.env.precision], trailingZeros: false });
    }

    get expectedDate() {
        const { date } = this.props.supply;
        return date ? formatDate(deserializeDate(date)) : "";
    }

    get margin() {
        return this.props.price - this.props.costs.cost;
    }

    get marginPercent() {
        const { price } = this.props;
        return formatFloat(price ? (100 * this.margin) / price : 0, { digits: [16, 1] });
    }
}
