import { describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import {
    limitOf,
    readLabel,
    readQuantity,
    splitRows,
    StagingChoice,
} from "@smarthome_stock/staging/staging_choice";

describe.current.tags("headless");

const lamp = {
    key: "1-0",
    product_id: 1,
    warranty: false,
    missing: 4,
    available: 2,
    stock: 9,
    here: 3,
    shipped: 0,
};
const relay = { ...lamp, key: "2-1", product_id: 2, warranty: true, missing: 0, shipped: 1 };

test("a row stands in each section that has something of it", () => {
    const keys = Object.values(splitRows([lamp, relay])).map((rows) => rows.map((row) => row.key));
    expect(keys).toEqual([["1-0"], ["1-0", "2-1"], ["2-1"]]);
});

test("nothing chosen means everything that can be done", () => {
    const missing = new StagingChoice("missing");
    expect(missing.taken([lamp])).toEqual([[lamp, 2]]);
    expect(missing.payload([lamp])).toEqual([]);
    const here = new StagingChoice("here");
    expect(here.taken([lamp, relay]).map(([, quantity]) => quantity)).toEqual([3, 3]);
});

test("what is chosen is told, and no more than there is", () => {
    const choice = new StagingChoice("missing");
    expect(choice.set(lamp, 5)).toBe(true);
    expect(choice.payload([lamp, relay])).toEqual([
        { product_id: 1, warranty: false, quantity: 5 },
    ]);
    expect(choice.set(lamp, 10)).toBe(false);
    expect(choice.quantity(lamp)).toBe(9);
    choice.set(lamp, 0);
    expect(choice.isEmpty).toBe(true);
    expect(limitOf("missing", { ...lamp, stock: false })).toBe(Infinity);
});

test("a serial number is chosen once", () => {
    const choice = new StagingChoice("here");
    expect(choice.addLot(lamp, 7)).toBe(true);
    expect(choice.addLot(lamp, 7)).toBe(true);
    expect(choice.addLot(lamp, 8)).toBe(true);
    choice.set(lamp, 3);
    expect(choice.payload([lamp])).toEqual([
        { product_id: 1, warranty: false, lot_id: 7, quantity: 1 },
        { product_id: 1, warranty: false, lot_id: 8, quantity: 1 },
        { product_id: 1, warranty: false, quantity: 1 },
    ]);
    expect(choice.addLot(lamp, 9)).toBe(false);
});

test("quantities are read as people type them", () => {
    const typed = ["2", "1.5", " 3.25 ", "", "abc", "-4"];
    patchWithCleanup(localization, { decimalPoint: ".", thousandsSep: "," });
    expect([...typed, "1,500"].map(readQuantity)).toEqual([2, 1.5, 3.25, 0, 0, 0, 1500]);
    patchWithCleanup(localization, { decimalPoint: ",", thousandsSep: "\u00a0" });
    expect([...typed, "1,5", "1\u00a0500,5"].map(readQuantity)).toEqual([
        2, 1.5, 3.25, 0, 0, 0, 1.5, 1500.5,
    ]);
});

test("a scanned label leads to its object", () => {
    expect(readLabel("https://erp.example.com/odoo/smarthome-staging/17")).toBe(17);
    expect(readLabel("4600000000024")).toBe(false);
    expect(readLabel("/odoo/smarthome-staging/x")).toBe(false);
});
