import { patch } from "@web/core/utils/patch";
import { CalendarController } from "@web/views/calendar/calendar_controller";

const { DateTime } = luxon;

/** A month without a day is named, not declined: «ноябрь 2026», while a day is «24 ноября». */
const ALONE = { MMMM: "LLLL", "MMMM yyyy": "LLLL yyyy" };

patch(DateTime.prototype, {
    toFormat(format, options) {
        return super.toFormat(ALONE[format] || format, options);
    },
});

patch(CalendarController.prototype, {
    get dayHeader() {
        return this.date.toFormat("d MMMM yyyy");
    },
});
