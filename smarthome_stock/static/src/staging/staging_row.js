import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { formatFloat } from "@web/core/utils/numbers";
import { readQuantity } from "./staging_choice";

export const amount = (value) => formatFloat(value, { digits: [16, 3], trailingZeros: false });
export const sayDate = (date) => (date ? deserializeDate(date).toRelativeCalendar() : "");
export const showDate = (date) => (date ? formatDate(deserializeDate(date)) : "");

/** One article of the staging page: photo, figures, and how many are taken now. */
export class StagingRow extends Component {
    static template = "smarthome_stock.StagingRow";
    static props = {
        row: Object,
        section: String,
        quantity: Number,
        canChoose: Boolean,
        onChoose: Function,
    };

    setup() {
        Object.assign(this, { amount, sayDate, showDate });
    }

    get photo() {
        return `/web/image/product.product/${this.props.row.product_id}/image_128`;
    }

    step(by) {
        this.props.onChoose(this.props.row, Math.max(0, this.props.quantity + by));
    }

    onTyped(ev) {
        this.props.onChoose(this.props.row, readQuantity(ev.target.value));
        ev.target.value = this.props.quantity ? amount(this.props.quantity) : "";
    }
}
