import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useBarDrag } from "./timeline_drag_hook";
import { countDays, groupBars, makeCells, makeRange, packBars, placeSpan, SCALES } from "./timeline_scale";

const { DateTime } = luxon;

/** Objects in work as bars over the days, by lead engineer. */
export class TimelineChart extends Component {
    static template = "smarthome_crm.TimelineChart";
    static props = {
        bars: Array,
        mayMove: Boolean,
        groupBy: String,
        position: Object,
        onOpen: Function,
        onMove: Function,
    };

    setup() {
        this.scroller = useRef("scroller");
        this.scales = [
            ["days", _t("By Days")],
            ["weeks", _t("By Weeks")],
            ["months", _t("By Months")],
        ];
        this.position = useState(this.props.position);
        const { drag, begin, wasDragged } = useBarDrag({
            getDayWidth: () => this.range.dayWidth,
            getScroll: () => this.scroller.el.scrollLeft,
            onDrop: (bar, dates) => this.props.onMove(bar, dates),
        });
        Object.assign(this, { drag, begin, wasDragged });
        useEffect(
            () => this.scrollTo(this.anchor),
            () => [this.position.scale, this.position.day]
        );
    }

    get today() {
        return DateTime.now().startOf("day");
    }

    get anchor() {
        return DateTime.fromISO(this.position.day);
    }

    get range() {
        return makeRange(this.position.scale, this.anchor);
    }

    get titles() {
        const { range } = this;
        return makeCells(range, range.title, range.titleFormat);
    }

    get units() {
        const { range } = this;
        const today = this.today;
        return makeCells(range, range.unit, range.unitFormat).map((cell) => ({
            ...cell,
            weekday: range.unit === "day" ? cell.day.toFormat("ccc") : "",
            isFree: range.unit === "day" && cell.day.weekday > 5,
            isToday: cell.day <= today && today < cell.day.plus({ days: cell.span }),
        }));
    }

    /** Column of today, or 0 when it is not on the screen. */
    get todayColumn() {
        const column = countDays(this.range.first, this.today) + 1;
        return column >= 1 && column <= this.range.days ? column : 0;
    }

    get groups() {
        const { range } = this;
        const dated = this.props.bars.filter((bar) => bar.start && bar.end);
        return groupBars(dated, this.props.groupBy).map((group) => {
            const packed = packBars(range, group.bars);
            const lanes = packed.map(({ lane }) => lane + 1);
            return { ...group, packed, height: Math.max(...lanes, 1) };
        });
    }

    get undated() {
        return this.props.bars.filter((bar) => !bar.start || !bar.end);
    }

    titleOf(group) {
        return group.title || { engineer: _t("No lead engineer"), manager: _t("No manager") }[this.props.groupBy];
    }

    isDragged(bar) {
        return this.drag.id === bar.id;
    }

    isLate(bar) {
        return bar.days_left < 0 && !bar.is_closed;
    }

    /** A dragged bar stays in its lane while it moves. */
    placeOf({ bar, lane, place }) {
        const now = this.isDragged(bar) ? placeSpan(this.range, this.drag.start, this.drag.end) : place;
        const { column, span } = now || place;
        return `grid-column: ${column} / span ${span}; grid-row: ${lane + 1};`;
    }

    datesOf(dates) {
        const [start, end] = [dates.start, dates.end].map((day) => formatDate(DateTime.fromISO(day)));
        return `${start} – ${end}`;
    }

    labelOf(bar) {
        return this.isDragged(bar) ? this.datesOf(this.drag) : bar.name;
    }

    hintOf(bar) {
        const days = Math.abs(bar.days_left);
        return [
            [bar.number, bar.name].filter(Boolean).join(" "),
            bar.address,
            this.datesOf(bar),
            this.isLate(bar) ? _t("Late by %s days", days) : _t("%s days left", days),
            _t("Works done: %s%", Math.round(bar.done)),
            bar.manager && _t("Manager: %s", bar.manager[1]),
        ]
            .filter(Boolean)
            .join("\n");
    }

    onPointerDown(ev, bar) {
        if (this.props.mayMove && !bar.is_closed) {
            this.begin(ev, bar);
        }
    }

    onClick(bar) {
        if (!this.wasDragged()) {
            this.props.onOpen(bar);
        }
    }

    onBarKey(ev, bar) {
        if (ev.key === "Enter") {
            this.props.onOpen(bar);
        }
    }

    /** Arrows scroll by a column, Page Up and Page Down by a part of the plan, Home to today. */
    onKey(ev) {
        const width = this.units[1].span * this.range.dayWidth;
        const actions = {
            ArrowLeft: () => this.scroller.el.scrollBy({ left: -width }),
            ArrowRight: () => this.scroller.el.scrollBy({ left: width }),
            PageUp: () => this.go(-1),
            PageDown: () => this.go(1),
            Home: () => this.goToday(),
        };
        if (actions[ev.key] && !ev.altKey && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            actions[ev.key]();
        }
    }

    setScale(scale) {
        this.position.scale = scale;
    }

    go(direction) {
        const { step } = SCALES[this.position.scale];
        const day = direction > 0 ? this.anchor.plus(step) : this.anchor.minus(step);
        this.position.day = day.toISODate();
    }

    goToday() {
        this.position.day = this.today.toISODate();
        this.scrollTo(this.today);
    }

    /** Show the day with a little of what was before it. */
    scrollTo(day) {
        const el = this.scroller.el;
        const left = countDays(this.range.first, day) * this.range.dayWidth;
        el.scrollLeft = Math.max(left - el.clientWidth / 5, 0);
    }
}
