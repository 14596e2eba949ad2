import { useEffect } from "@odoo/owl";

/** What Enter walks through, in the order of the page. */
const STOPS = [
    "input:not([type=checkbox]):not([type=hidden]):not([type=file]):not(:disabled)",
    "textarea:not(:disabled)",
    ".o_smarthome_call_badges",
].join(",");

function isVisible(el) {
    return Boolean(el.getClientRects().length);
}

/**
 * Enter goes on to the next field, Ctrl+Enter saves.
 *
 * @param {{ el: HTMLElement }} rootRef root of the form
 * @param {Object} handlers
 * @param {() => any} handlers.save what Ctrl+Enter does
 * @param {() => HTMLElement | null} handlers.getButton where Enter leads from the last field
 */
export function useCallKeys(rootRef, { save, getButton }) {
    function goOn(from) {
        const stops = [...rootRef.el.querySelectorAll(STOPS)].filter(isVisible);
        const next = stops[stops.indexOf(from) + 1] || getButton();
        next?.focus();
        next?.select?.();
    }

    function onKeydown(ev) {
        if (ev.key !== "Enter" || ev.defaultPrevented || ev.isComposing) {
            return;
        }
        if (ev.ctrlKey || ev.metaKey) {
            ev.preventDefault();
            ev.stopPropagation();
            ev.target.dispatchEvent(new Event("change", { bubbles: true }));
            save();
        } else if (!ev.shiftKey && !ev.altKey && ev.target.matches(STOPS)) {
            ev.preventDefault();
            goOn(ev.target);
        }
    }

    useEffect(
        (el) => {
            el?.addEventListener("keydown", onKeydown);
            return () => el?.removeEventListener("keydown", onKeydown);
        },
        () => [rootRef.el]
    );
}
