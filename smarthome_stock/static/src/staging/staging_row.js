import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { formatFloat } from "@web/core/utils/numbers";
import { readQuantity } from "./staging_choice";

export const amount = (value) => formatFloat(value, { digits: [16, 3], trailingZeros: false });
export const showDate = (date) => (date ? formatDate(deserializeDate(date)) : "");

/** As a person says it: today, in 3 days; far ones as they stand in the calendar. */
export function sayDate(date) {
    const day = date && deserializeDate(date);
    const isNear = day && Math.abs(day.diffNow("days").days) < 31;
    return isNear ? day.toRelativeCalendar({ unit: "days" }) : showDate(date);
}

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

    /** What of the chosen quantity nobody waits for. */
    get beyond() {
        const { row, section, quantity } = this.props;
        return section === "missing" ? Math.max(0, quantity - row.missing) : 0;
    }

    step(by) {
        this.props.onChoose(this.props.row, Math.max(0, this.props.quantity + by));
    }

    onTyped(ev) {
        this.props.onChoose(this.props.row, readQuantity(ev.target.value));
        ev.target.value = this.props.quantity ? amount(this.props.quantity) : "";
    }
}
