import { edit, press } from "@odoo/hoot-dom";

/** What the hand did so far; text that is pasted counts as the keys that paste it. */
export const hand = { clicks: 0, keys: 0, since: 0 };

export function watchHand() {
    Object.assign(hand, { clicks: 0, keys: 0, since: Date.now() });
    window.addEventListener("click", () => hand.clicks++, true);
    window.addEventListener("keydown", () => hand.keys++, true);
}

export function report(what) {
    const seconds = Math.round((Date.now() - hand.since) / 1000);
    const done = `${hand.clicks} clicks, ${hand.keys} keys, ${seconds} s`;
    console.log(`${what}: ${done} at ${window.innerWidth} px`);
}

/** Type where the focus is, then Enter. */
export const type = (text) => async () => {
    await edit(text);
    await press("Enter");
};

/** On a telephone nothing has the focus by itself. */
export const tap = (trigger) => ({ isActive: ["mobile"], trigger, run: "click" });

/** Open a page of the form. */
export const openPage = (name) => ({
    trigger: `.o_notebook .nav-link[name='${name}']`,
    run: "click",
});

/** A button of the form's bar; on a telephone all but the first stand behind its dots. */
export const pressInBar = (name) => [
    {
        isActive: ["desktop"],
        trigger: `.o_statusbar_buttons button[name='${name}']:enabled`,
        run: "click",
    },
    tap(".o_statusbar_buttons button:has(.oi-ellipsis-v):enabled"),
    tap(`.o-dropdown-item-unstyled-button button[name='${name}']:enabled`),
];

/** A button above the form, wherever a narrow screen has put it; other addons add theirs before. */
export const pressAbove = (name) => [
    {
        trigger: ".o_statusbar_buttons button:enabled",
        run: () => {
            const bar = document.querySelector(".o_statusbar_buttons");
            if (!bar.querySelector(`button[name='${name}']`)) {
                bar.querySelector("button:has(.oi-ellipsis-v)").click();
            }
        },
    },
    {
        trigger: [".o_statusbar_buttons", ".o-dropdown-item-unstyled-button"]
            .map((place) => `${place} button[name='${name}']:enabled`)
            .join(", "),
        run: "click",
    },
];

/** The question of a button is answered with yes. */
export const agree = { trigger: ".modal footer .btn-primary:enabled", run: "click" };

export const noDialog = { trigger: "body:not(:has(.modal))" };

/** A row of a table, or a card where the screen is narrow, with all of the texts. */
export function row(table, ...texts) {
    const holding = texts.map((text) => `:contains('${text}')`).join("");
    return ["tr.o_data_row", ".o_kanban_record:not(.o_kanban_ghost)"]
        .map((part) => `.o_field_widget[name='${table}'] ${part}${holding}`)
        .join(", ");
}

/** The form has nothing that is not saved. */
export const isSaved = { trigger: ".o_form_view:not(:has(.o_form_dirty))" };

/** Where the form's bar stands. */
export const status = (name) => ({
    trigger: `.o_statusbar_status:has(.o_arrow_button_current[data-value='${name}'])`,
});

/** Type a day into a field of a date and leave it; the field then shows it in words. */
export const fillDate = (name, text, shown) => [
    { trigger: `.o_field_widget[name='${name}'] .o_input`, run: "click" },
    { trigger: `.o_field_widget[name='${name}'] input`, run: `edit ${text} && press Tab` },
    { trigger: `.o_field_widget[name='${name}'] button:contains('${shown}')` },
];

/** Choose a file from the person's disk, which for once lies on the server. */
export const chooseFile = (field, address) => ({
    content: `Choose ${address}`,
    trigger: `.o_field_widget[name='${field}'] input[type='file']:not(:visible)`,
    run: async ({ anchor }) => {
        const response = await fetch(address);
        if (!response.ok) {
            throw new Error(`${address} is not there`);
        }
        const blob = await response.blob();
        const transfer = new DataTransfer();
        transfer.items.add(new File([blob], address.split("/").pop(), { type: blob.type }));
        anchor.files = transfer.files;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});

/** What a person sees of a form, but for the tabs, which may be swiped. */
const PARTS = ".o_form_view button, .o_form_view .o_list_renderer";

/** Whether an element sticks out at the side, or has to be scrolled sideways itself. */
function isTooWide(element) {
    const { left, right, width } = element.getBoundingClientRect();
    const isOutside = left < -1 || right > window.innerWidth + 1;
    return width && (isOutside || element.scrollWidth > element.clientWidth + 1);
}

/** Nothing may stick out at the side, on a telephone least of all. */
export const fitsTheScreen = {
    content: "Nothing has to be scrolled sideways",
    trigger: ".o_form_view",
    run() {
        const parts = [...document.querySelectorAll(PARTS)];
        const wide = parts.filter(
            (part) => !part.closest(".o_notebook_headers, .o-mail-Form-chatter") && isTooWide(part)
        );
        if (wide.length) {
            throw new Error(`Too wide: ${wide.map((part) => part.outerHTML.slice(0, 200))}`);
        }
    },
};
