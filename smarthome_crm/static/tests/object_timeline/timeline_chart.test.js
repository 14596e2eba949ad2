import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { SCALES } from "@smarthome_crm/object_timeline/timeline_scale";
import { TimelineChart } from "@smarthome_crm/object_timeline/timeline_chart";

const BAR = {
    id: 1,
    number: "ОБ-1",
    name: "Lake house",
    address: "Lake street 1",
    engineer: [5, "Anna"],
    manager: [6, "Ivan"],
    stage: ["in_work", "In Work"],
    start: "2026-12-01",
    end: "2026-12-10",
    done: 40,
    days_left: 16,
    is_closed: false,
};
const BARS = [
    { ...BAR, id: 2, name: "Office", engineer: false, start: "2026-11-02", end: "2026-11-20", days_left: -4 },
    BAR,
    { ...BAR, id: 3, name: "No plan", start: false, end: false, days_left: 0 },
];

defineMailModels();

beforeEach(() => {
    mockDate("2026-11-24 12:00:00");
});

async function mountChart(props = {}) {
    await mountWithCleanup(TimelineChart, {
        props: {
            bars: BARS,
            mayMove: true,
            groupBy: "engineer",
            position: { scale: "weeks", day: "2026-11-24" },
            onOpen: (bar) => expect.step(`open ${bar.id}`),
            onMove: (bar, { start, end }) => expect.step(`move ${bar.id}: ${start} ${end}`),
            ...props,
        },
    });
}

const bar = (id) => queryOne(`.o_smarthome_timeline_object[data-id='${id}']`);

function point(target, type, x, pointerType = "mouse") {
    const init = { pointerId: 1, pointerType, button: 0, clientX: x, bubbles: true, cancelable: true };
    target.dispatchEvent(new PointerEvent(type, init));
}

/** Drag by so many days of the scale. */
async function drag(target, days, pointerType) {
    const way = days * SCALES.weeks.dayWidth;
    point(target, "pointerdown", 100, pointerType);
    point(window, "pointermove", 100 + way, pointerType);
    await animationFrame();
    point(window, "pointerup", 100 + way, pointerType);
    await animationFrame();
}

test("bars stand by engineer, late ones are marked, undated ones listed", async () => {
    await mountChart();
    expect(queryAllTexts(".o_smarthome_timeline_group .o_smarthome_timeline_title b")).toEqual([
        "No lead engineer",
        "Anna",
    ]);
    expect(".o_smarthome_timeline_object.o_late").toHaveCount(1);
    expect(bar(2)).toHaveClass("o_late");
    expect(bar(1).title).toMatch(/Lake street 1/);
    expect(".o_smarthome_timeline_undated button").toHaveText(/No plan/);
    expect(".o_smarthome_timeline_unit.o_today").toHaveCount(1);
});

test("a head moves a bar and stretches both of its ends", async () => {
    await mountChart();
    await drag(bar(1), 7);
    await drag(bar(1).querySelector("[data-edge='start']"), -3);
    await drag(bar(1).querySelector("[data-edge='end']"), 2);
    expect.verifySteps([
        "move 1: 2026-12-08 2026-12-17",
        "move 1: 2026-11-28 2026-12-10",
        "move 1: 2026-12-01 2026-12-12",
    ]);
});

test("Escape lets go, a tremble opens, a return moves nothing", async () => {
    await mountChart();
    point(bar(1), "pointerdown", 100);
    point(window, "pointermove", 200);
    await animationFrame();
    expect(bar(1)).toHaveClass("o_dragged");
    await press("Escape");
    await animationFrame();
    expect(bar(1)).not.toHaveClass("o_dragged");
    point(window, "pointerup", 200);
    await drag(bar(1), 0.2);
    expect.verifySteps([]);
    await contains(bar(1)).click();
    expect.verifySteps(["open 1"]);
});

test("who is no head moves nothing and has no grips", async () => {
    await mountChart({ mayMove: false });
    expect(".o_smarthome_timeline_edge").toHaveCount(0);
    await drag(bar(1), 7);
    expect.verifySteps([]);
});

test("a finger that wanders scrolls, one that rests drags", async () => {
    await mountChart();
    await drag(bar(1), 7, "touch");
    expect.verifySteps([]);
    point(bar(1), "pointerdown", 100, "touch");
    await advanceTime(400);
    point(window, "pointermove", 100 - 5 * SCALES.weeks.dayWidth, "touch");
    await animationFrame();
    point(window, "pointerup", 100 - 5 * SCALES.weeks.dayWidth, "touch");
    expect.verifySteps(["move 1: 2026-11-26 2026-12-05"]);
});

test("scale and time are changed by buttons and keys", async () => {
    const position = { scale: "weeks", day: "2026-11-24" };
    await mountChart({ position });
    await contains("[data-scale='months']").click();
    expect(".o_smarthome_timeline").toHaveStyle({ "--day": "4px" });
    await contains(".o_smarthome_timeline_scroller").focus();
    await press("PageDown");
    await animationFrame();
    expect(queryAllTexts(".o_smarthome_timeline_month")[0]).toBe("2027");
    await press("Home");
    await animationFrame();
    expect(queryAllTexts(".o_smarthome_timeline_month")[0]).toBe("2026");
});
