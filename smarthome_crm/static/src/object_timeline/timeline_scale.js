/** The arithmetic of the timeline: days, columns, lanes; no screen. */

const { DateTime } = luxon;

/** How long a label may become before it is cut, in pixels. */
export const LABEL_WIDTH = 150;

/**
 * dayWidth: pixels of a day; before, length: the window around the day in the middle;
 * step: how far the arrows go; unit, title: lower and upper row of the header.
 */
export const SCALES = {
    days: {
        dayWidth: 40,
        start: (day) => day.startOf("week").minus({ weeks: 2 }),
        length: { weeks: 12 },
        step: { weeks: 4 },
        unit: "day",
        unitFormat: "d",
        title: "month",
        titleFormat: "LLLL yyyy",
    },
    weeks: {
        dayWidth: 12,
        start: (day) => day.startOf("month").minus({ months: 2 }).startOf("week"),
        length: { weeks: 40 },
        step: { months: 3 },
        unit: "week",
        unitFormat: "d LLL",
        title: "month",
        titleFormat: "LLLL yyyy",
    },
    months: {
        dayWidth: 4,
        start: (day) => day.startOf("month").minus({ months: 6 }),
        length: { months: 24 },
        step: { months: 12 },
        unit: "month",
        unitFormat: "LLL",
        title: "year",
        titleFormat: "yyyy",
    },
};

/** Days from one day to another, whatever the clock did in between. */
export function countDays(from, to) {
    return Math.round(to.startOf("day").diff(from.startOf("day"), "days").days);
}

/** The part of time on the screen: its first day and how many follow. */
export function makeRange(scaleName, anchor) {
    const scale = SCALES[scaleName];
    const first = scale.start(anchor.startOf("day"));
    return { ...scale, first, days: countDays(first, first.plus(scale.length)) };
}

/** Cells of one row of the header: label, first column and number of columns. */
export function makeCells(range, unit, format) {
    const cells = [];
    const end = range.first.plus({ days: range.days });
    for (let day = range.first; day < end; ) {
        const following = day.startOf(unit).plus({ [unit]: 1 });
        const next = following < end ? following : end;
        cells.push({
            key: day.toISODate(),
            label: day.toFormat(format),
            day,
            column: countDays(range.first, day) + 1,
            span: countDays(day, next),
        });
        day = next;
    }
    return cells;
}

/** Where a bar lies among the columns; null when it is not in the window. */
export function placeSpan(range, start, end) {
    const from = countDays(range.first, DateTime.fromISO(start));
    const to = countDays(range.first, DateTime.fromISO(end));
    if (to < 0 || from >= range.days) {
        return null;
    }
    const column = Math.max(from, 0) + 1;
    const last = Math.min(to, range.days - 1) + 1;
    return {
        column,
        span: last - column + 1,
        isCutLeft: from < 0,
        isCutRight: to >= range.days,
    };
}

/**
 * Lay bars into as few lanes as they need without covering each other or their labels.
 *
 * @param {Object} range
 * @param {Object[]} bars in the order of their first days
 * @returns {Object[]} {bar, lane, place} of those in the window
 */
export function packBars(range, bars) {
    const labelDays = Math.ceil(LABEL_WIDTH / range.dayWidth);
    const ends = [];
    const packed = [];
    for (const bar of bars) {
        const place = placeSpan(range, bar.start, bar.end);
        if (!place) {
            continue;
        }
        let lane = ends.findIndex((end) => end < place.column);
        lane = lane < 0 ? ends.length : lane;
        ends[lane] = place.column + Math.max(place.span, labelDays) - 1;
        packed.push({ bar, lane, place });
    }
    return packed;
}

/**
 * Dates of a bar after a drag by so many days; it never gets shorter than a day.
 *
 * @param {{start: string, end: string}} bar
 * @param {"move"|"start"|"end"} edge what was dragged
 * @param {number} days
 */
export function dragDates(bar, edge, days) {
    const start = DateTime.fromISO(bar.start);
    const end = DateTime.fromISO(bar.end);
    const length = countDays(start, end);
    const shifts = {
        move: [days, days],
        start: [Math.min(days, length), 0],
        end: [0, Math.max(days, -length)],
    };
    const [first, last] = shifts[edge];
    return {
        start: start.plus({ days: first }).toISODate(),
        end: end.plus({ days: last }).toISODate(),
    };
}

/** Rows of the timeline by engineer, manager or stage; what has none of them comes first. */
export function groupBars(bars, name) {
    const groups = new Map();
    for (const bar of bars) {
        const [id, title] = bar[name] || [false, ""];
        if (!groups.has(id)) {
            groups.set(id, { id, title, bars: [] });
        }
        groups.get(id).bars.push(bar);
    }
    return [...groups.values()].sort(
        (a, b) => Boolean(a.id) - Boolean(b.id) || a.title.localeCompare(b.title)
    );
}
