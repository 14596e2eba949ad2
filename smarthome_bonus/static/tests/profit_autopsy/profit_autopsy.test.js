import { describe, expect, test } from "@odoo/hoot";
import { getBars } from "@smarthome_bonus/profit_autopsy/profit_autopsy";

describe.current.tags("headless");

/** Steps as the server sends them: each begins where the one before ended. */
function toSteps(...amounts) {
    let level = 0;
    return amounts.map((amount) => {
        const step = { amount, from: level };
        level += amount;
        return step;
    });
}

test("each bar begins where the one before ended, the total stands on zero", () => {
    const bars = getBars(toSteps(100, -30, 10), 80);
    expect(bars).toEqual([
        { left: 0, width: 100 },
        { left: 70, width: 30 },
        { left: 70, width: 10 },
        { left: 0, width: 80 },
    ]);
});

test("a loss goes to the left of zero and stays on the screen", () => {
    const bars = getBars(toSteps(60, -100), -40);
    expect(bars).toEqual([
        { left: 40, width: 60 },
        { left: 0, width: 100 },
        { left: 0, width: 40 },
    ]);
});

test("nothing at all divides by nothing", () => {
    expect(getBars([], 0)).toEqual([{ left: 0, width: 0 }]);
});
