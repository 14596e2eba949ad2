import { describe, expect, test } from "@odoo/hoot";
import {
    countDays,
    dragDates,
    groupBars,
    makeCells,
    makeRange,
    packBars,
    placeSpan,
    SCALES,
} from "@smarthome_crm/object_timeline/timeline_scale";

const { DateTime } = luxon;
const day = (text) => DateTime.fromISO(text);

describe.current.tags("headless");

test("a day counts as one, also when the clock is put forward", () => {
    const zone = { zone: "Europe/Berlin" };
    const [from, to] = ["2026-03-28", "2026-03-30"].map((text) => DateTime.fromISO(text, zone));
    expect(countDays(from, to)).toBe(2);
    expect(countDays(to, from)).toBe(-2);
});

test("the cells of every scale fill its window without a gap", () => {
    for (const name of Object.keys(SCALES)) {
        const range = makeRange(name, day("2026-11-24"));
        expect(range.first <= day("2026-11-24")).toBe(true);
        for (const [unit, format] of [
            [range.unit, range.unitFormat],
            [range.title, range.titleFormat],
        ]) {
            const cells = makeCells(range, unit, format);
            let column = 1;
            for (const cell of cells) {
                expect(cell.column).toBe(column);
                column += cell.span;
            }
            expect(column).toBe(range.days + 1);
        }
    }
});

test("a bar lies on its days and is cut at the window's edges", () => {
    const range = { first: day("2026-11-02"), days: 14 };
    expect(placeSpan(range, "2026-11-03", "2026-11-05")).toEqual({
        column: 2,
        span: 3,
        isCutLeft: false,
        isCutRight: false,
    });
    expect(placeSpan(range, "2026-10-01", "2026-12-01")).toEqual({
        column: 1,
        span: 14,
        isCutLeft: true,
        isCutRight: true,
    });
    expect(placeSpan(range, "2026-10-01", "2026-11-01")).toBe(null);
    expect(placeSpan(range, "2026-11-16", "2026-11-20")).toBe(null);
});

test("bars that meet lie in other lanes, with room for their labels", () => {
    const range = { first: day("2026-11-02"), days: 60, dayWidth: 50 };
    const bars = [
        { id: 1, start: "2026-11-02", end: "2026-11-10" },
        { id: 2, start: "2026-11-10", end: "2026-11-10" },
        { id: 3, start: "2026-11-11", end: "2026-11-20" },
        { id: 4, start: "2026-11-13", end: "2026-11-20" },
        { id: 5, start: "2027-11-13", end: "2027-11-20" },
    ];
    expect(packBars(range, bars).map(({ bar, lane }) => [bar.id, lane])).toEqual([
        [1, 0],
        [2, 1],
        [3, 0],
        [4, 1],
    ]);
});

test("a drag moves both ends, or one of them not beyond the other", () => {
    const bar = { start: "2026-11-28", end: "2026-12-02" };
    expect(dragDates(bar, "move", 3)).toEqual({ start: "2026-12-01", end: "2026-12-05" });
    expect(dragDates(bar, "move", -30)).toEqual({ start: "2026-10-29", end: "2026-11-02" });
    expect(dragDates(bar, "start", 2)).toEqual({ start: "2026-11-30", end: "2026-12-02" });
    expect(dragDates(bar, "start", 9)).toEqual({ start: "2026-12-02", end: "2026-12-02" });
    expect(dragDates(bar, "end", -9)).toEqual({ start: "2026-11-28", end: "2026-11-28" });
    expect(dragDates(bar, "end", 0)).toEqual({ start: "2026-11-28", end: "2026-12-02" });
});

test("rows stand by name, what has no engineer before them", () => {
    const bars = [
        { id: 1, engineer: [7, "Walter"] },
        { id: 2, engineer: false },
        { id: 3, engineer: [5, "Anna"] },
        { id: 4, engineer: [7, "Walter"] },
    ];
    const rows = groupBars(bars, "engineer").map(({ id, bars }) => [id, bars.map((bar) => bar.id)]);
    expect(rows).toEqual([
        [false, [2]],
        [5, [3]],
        [7, [1, 4]],
    ]);
});
