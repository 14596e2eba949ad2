import { onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { dragDates } from "./timeline_scale";

/** A finger that rests so long takes the bar; one that moves before scrolls the page. */
const HOLD = 350;
/** How far a hand may tremble before it drags, in pixels. */
const TREMBLE = 4;

/**
 * Drag bars by mouse, pen or finger, and let go of them with Escape.
 *
 * @param {Object} options
 * @param {() => number} options.getDayWidth
 * @param {() => number} options.getScroll how far the timeline is scrolled
 * @param {(bar: Object, dates: Object) => void} options.onDrop
 * @returns {{drag: Object, begin: Function, wasDragged: Function}}
 */
export function useBarDrag({ getDayWidth, getScroll, onDrop }) {
    const drag = useState({ id: false, start: "", end: "" });
    let grip = null;
    let hasDragged = false;

    function take() {
        grip.isTaken = true;
        Object.assign(drag, { id: grip.bar.id, start: grip.bar.start, end: grip.bar.end });
    }

    function letGo() {
        if (grip) {
            browser.clearTimeout(grip.timer);
            listen("removeEventListener");
            grip = null;
        }
        drag.id = false;
    }

    function onMove(ev) {
        if (ev.pointerId !== grip.pointerId) {
            return;
        }
        const way = ev.clientX - grip.x + getScroll() - grip.scroll;
        if (!grip.isTaken && Math.abs(way) >= TREMBLE) {
            if (grip.isTouch) {
                return letGo();
            }
            take();
        }
        if (grip.isTaken) {
            const days = Math.round(way / getDayWidth());
            Object.assign(drag, dragDates(grip.bar, grip.edge, days));
        }
    }

    function onUp(ev) {
        if (ev.pointerId !== grip.pointerId) {
            return;
        }
        const { bar, isTaken } = grip;
        const dates = { start: drag.start, end: drag.end };
        letGo();
        hasDragged = isTaken;
        browser.setTimeout(() => (hasDragged = false));
        if (isTaken && (dates.start !== bar.start || dates.end !== bar.end)) {
            onDrop(bar, dates);
        }
    }

    function onKey(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            letGo();
        }
    }

    /** While a finger holds a bar the page does not scroll. */
    function onTouchMove(ev) {
        if (grip.isTaken) {
            ev.preventDefault();
        }
    }

    function listen(how) {
        window[how]("pointermove", onMove);
        window[how]("pointerup", onUp);
        window[how]("pointercancel", letGo);
        window[how]("keydown", onKey, true);
        window[how]("touchmove", onTouchMove, { passive: false });
    }

    function begin(ev, bar) {
        if (ev.button !== 0 || grip) {
            return;
        }
        grip = {
            bar,
            edge: ev.target.dataset.edge || "move",
            pointerId: ev.pointerId,
            isTouch: ev.pointerType === "touch",
            x: ev.clientX,
            scroll: getScroll(),
        };
        listen("addEventListener");
        if (grip.isTouch) {
            grip.timer = browser.setTimeout(take, HOLD);
        } else {
            ev.preventDefault();
        }
    }

    onWillUnmount(letGo);
    return { drag, begin, wasDragged: () => hasDragged };
}
