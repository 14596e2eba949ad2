import { localization } from "@web/core/l10n/localization";

/** Sections of the staging page, and the figure of a row that brings it into each. */
export const SECTIONS = { missing: "missing", here: "here", shipped: "shipped" };

/** Rows by section; a row may stand in several. */
export function splitRows(rows) {
    const has = (name) => rows.filter((row) => row[SECTIONS[name]] > 0);
    return Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, has(name)]));
}

/** What a tap without any choice does with a row. */
export function everythingOf(section, row) {
    return section === "missing" ? row.available : row.here;
}

/** The most that can be chosen of a row. */
export function limitOf(section, row) {
    if (section !== "missing") {
        return row.here;
    }
    return row.stock === false ? Infinity : row.stock;
}

/** What a person typed, with a point or a comma; 0 for nothing or nonsense. */
export function readQuantity(text) {
    const { decimalPoint, thousandsSep } = localization;
    let typed = String(text).replace(/\s/g, "");
    if (thousandsSep?.trim()) {
        typed = typed.replaceAll(thousandsSep, "");
    }
    return Math.max(0, Number(typed.replace(decimalPoint, ".").replace(",", ".")) || 0);
}

/** What is chosen of the rows of one section, by the key of the row. */
export class StagingChoice {
    constructor(section) {
        this.section = section;
        this.chosen = {};
    }

    get isEmpty() {
        return !Object.keys(this.chosen).length;
    }

    quantity(row) {
        return this.chosen[row.key]?.quantity || 0;
    }

    /**
     * @returns {boolean} whether as much as was asked for could be chosen
     */
    set(row, quantity) {
        const limit = limitOf(this.section, row);
        const taken = Math.max(0, Math.min(quantity, limit));
        const lots = (this.chosen[row.key]?.lots || []).slice(0, Math.ceil(taken));
        if (taken) {
            this.chosen[row.key] = { quantity: taken, lots };
        } else {
            delete this.chosen[row.key];
        }
        return quantity <= limit;
    }

    /** Choose one more of a serial number, once. */
    addLot(row, lotId) {
        const lots = this.chosen[row.key]?.lots || [];
        if (lots.includes(lotId)) {
            return true;
        }
        const fits = this.set(row, Math.max(this.quantity(row), lots.length) + 1);
        if (fits) {
            this.chosen[row.key].lots = [...lots, lotId];
        }
        return fits;
    }

    /** What a tap takes: [row, quantity] of what is chosen, of everything where nothing is. */
    taken(rows) {
        const of = (row) => (this.isEmpty ? everythingOf(this.section, row) : this.quantity(row));
        return rows.map((row) => [row, of(row)]).filter(([, quantity]) => quantity > 0);
    }

    clear() {
        this.chosen = {};
    }

    /** What the server is told; nothing for everything. */
    payload(rows) {
        const told = [];
        for (const row of rows.filter((one) => this.quantity(one))) {
            const { quantity, lots } = this.chosen[row.key];
            const own = { product_id: row.product_id, warranty: row.warranty };
            told.push(...lots.map((lot_id) => ({ ...own, lot_id, quantity: 1 })));
            if (quantity > lots.length) {
                told.push({ ...own, quantity: quantity - lots.length });
            }
        }
        return told;
    }
}

/**
 * The object of a staging page whose label was scanned.
 *
 * @returns {number|false}
 */
export function readLabel(code) {
    const found = /\/odoo\/smarthome-staging\/(\d+)$/.exec(code.trim());
    return found ? Number(found[1]) : false;
}
