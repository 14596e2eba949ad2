import { animationFrame, edit, press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import {
    agree,
    chooseFile,
    fillDate,
    fitsTheScreen,
    isSaved,
    noDialog,
    openPage,
    pressAbove,
    pressInBar,
    report,
    row,
    status,
    tap,
    watchHand,
} from "./tour_hand";

const total = (amount) => ({
    trigger: `.o_smarthome_profit_panel [name='total']:contains(/\\b${amount}/)`,
});

const signIt = [
    ...pressInBar("action_smarthome_sign"),
    { content: "Asked once more", trigger: ".modal .modal-body" },
    agree,
    noDialog,
    status("contract"),
];

/** Receive what the program proposes, in cash. */
const receiveIt = (amount, note) => [
    {
        content: "The next payment is proposed",
        trigger: `.modal .o_field_widget[name='amount'] input:value(${amount})`,
    },
    { trigger: ".modal .o_field_widget[name='method'] input[data-value='cash']:checked" },
    { trigger: ".modal .o_field_widget[name='note'] input", run: `edit ${note}` },
    { trigger: ".modal button[name='action_receive']:enabled", run: "click" },
    noDialog,
];

const buttonIn = (table, name) => `.o_field_widget[name='${table}'] button[name='${name}']`;

const choosePlan = [
    {
        isActive: ["desktop"],
        trigger: ".o_field_widget[name='smarthome_payment_template_id'] input",
        run: "edit 50 / 40",
    },
    {
        isActive: ["desktop"],
        trigger: ".o-autocomplete--dropdown-item:contains('50 / 40 / 10') > a",
        run: "click",
    },
    tap(".o_field_widget[name='smarthome_payment_template_id'] input"),
    tap(".modal .o_kanban_record:contains('50 / 40 / 10')"),
    noDialog,
    { trigger: ".o_field_widget[name='smarthome_payment_template_id'] input:value(50 / 40 / 10)" },
];

/** The manager signs, receives the first money and adds what the client wants more. */
registry.category("web_tour.tours").add("smarthome_contract", {
    steps: () => [
        { trigger: ".o_smarthome_profit_panel", run: watchHand },
        total("230,00"),
        ...fillDate("smarthome_date_start", "04.06.2040", "4 июн. 2040"),
        ...fillDate("smarthome_date_end", "15.06.2040", "15 июн. 2040"),
        ...choosePlan,
        { trigger: ".o_form_view", run: () => report("Dates and plan are there") },
        ...signIt,
        { trigger: row("smarthome_milestone_ids", "115,00") },
        { trigger: row("smarthome_milestone_ids", "92,00") },
        { trigger: row("smarthome_milestone_ids", "23,00") },
        fitsTheScreen,
        {
            trigger: ".o_field_widget[name='smarthome_contract_number']",
            run: () => report("The contract is signed"),
        },
        {
            isActive: ["desktop"],
            trigger: ".o_statusbar_buttons button[name='action_smarthome_open_receive']:enabled",
            run: "click",
        },
        tap(".o_smarthome_bottom_bar button[name='action_smarthome_open_receive']:enabled"),
        ...receiveIt("/^115[,.]00$/", "Задаток"),
        { trigger: row("smarthome_receipt_ids", "115,00", "Задаток") },
        {
            trigger: ".o_field_widget[name='smarthome_balance']:contains('115,00')",
            run: () => report("The first money is received"),
        },
        ...pressInBar("action_smarthome_new_additional"),
        status("working"),
        { trigger: ".o_field_widget[name='smarthome_main_order_id']" },
        { trigger: "button[name='action_smarthome_paste_goods']", run: "click" },
        {
            trigger: ".modal .o_field_widget[name='text'] textarea",
            run: async ({ anchor }) => {
                anchor.focus();
                await edit("CON-1\t1");
                await press("Tab");
            },
        },
        { trigger: ".modal .o_field_widget[name='good_count']:contains('1')" },
        { trigger: ".modal button[name='action_apply']:enabled", run: "click" },
        noDialog,
        total("100,00"),
        {
            isActive: ["desktop"],
            trigger: ".o_statusbar_buttons button[name='action_generate_works']:enabled",
            run: "click",
        },
        tap(".o_smarthome_bottom_bar button[name='action_generate_works']:enabled"),
        total("110,00"),
        fitsTheScreen,
        isSaved,
        ...signIt,
        { trigger: row("smarthome_milestone_ids", "55,00") },
        {
            trigger: row("smarthome_milestone_ids", "11,00"),
            run: () => report("The additional proposal is signed"),
        },
    ],
});

/** Draw on the canvas as a finger does: a point at a time. */
async function draw(canvas) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const point = (type, x, y) =>
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                cancelable: true,
                pointerId: 1,
                pointerType: "touch",
                isPrimary: true,
                pressure: type === "pointerup" ? 0 : 0.5,
                button: type === "pointermove" ? -1 : 0,
                buttons: type === "pointerup" ? 0 : 1,
                clientX: left + width * x,
                clientY: top + height * y,
            })
        );
    point("pointerdown", 0.2, 0.6);
    for (let i = 1; i <= 12; i++) {
        await animationFrame();
        point("pointermove", 0.2 + i * 0.05, 0.5 + 0.25 * Math.sin(i));
    }
    point("pointerup", 0.8, 0.5);
}

/** The engineer reads what changed, marks the works and lets the client sign the act. */
registry.category("web_tour.tours").add("smarthome_acceptance", {
    steps: () => [
        {
            content: "Something changed",
            trigger: ".alert button[name='action_mark_changes_read']",
            run: watchHand,
        },
        openPage("changes"),
        { trigger: row("change_ids", "CON-1") },
        fitsTheScreen,
        { trigger: ".alert button[name='action_mark_changes_read']:enabled", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name='action_mark_changes_read']))" },
        openPage("works"),
        {
            content: "One work",
            trigger: buttonIn("work_line_ids", "action_mark_done"),
            run: "click",
        },
        { trigger: ".modal button[name='action_done']:enabled", run: "click" },
        noDialog,
        {
            content: "The others too",
            trigger: "button[name='action_all_works_done']:enabled",
            run: "click",
        },
        agree,
        noDialog,
        { trigger: ".o_form_view:not(:has(button[name='action_all_works_done']))" },
        fitsTheScreen,
        { trigger: ".o_form_view", run: () => report("The works are done") },
        ...pressAbove("action_acceptance"),
        { trigger: ".o_smarthome_acceptance .o_field_widget[name='client_name'] input:value(Пётр)" },
        chooseFile("photo_ids", "/smarthome_tour/working.png"),
        { trigger: ".o_field_widget[name='photo_ids'] .o_attachment:contains('working')" },
        fitsTheScreen,
        {
            content: "The client's finger",
            trigger: ".o_field_widget[name='signature'] .o_signature_empty",
            run: "click",
        },
        { trigger: ".modal .o_web_sign_draw_button.active" },
        { trigger: ".modal footer .btn-primary:disabled" },
        { trigger: ".modal canvas.o_web_sign_signature", run: ({ anchor }) => draw(anchor) },
        { trigger: ".modal footer .btn-primary:enabled", run: () => report("The client signs") },
        agree,
        noDialog,
        { trigger: ".o_field_widget[name='signature'] img.o_signature" },
        {
            isActive: ["desktop"],
            trigger: ".o_statusbar_buttons button[name='action_sign']:enabled",
            run: "click",
        },
        tap(".o_smarthome_bottom_bar button[name='action_sign']:enabled"),
        {
            content: "It is printed and lies in the folder",
            timeout: 60000,
            trigger: ".o_field_widget[name='document_id']:contains('.pdf')",
            run: () => report("The act is signed"),
        },
    ],
});

/** The manager receives what is left, sees that nothing is missing, and closes. */
registry.category("web_tour.tours").add("smarthome_closing", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        openPage("closing"),
        { trigger: ".o_smarthome_checklist li[data-code='money']:contains('115,00')" },
        { trigger: ".o_smarthome_checklist li[data-code='money']:contains('110,00')" },
        {
            content: "Nothing but money is missing",
            trigger: ".o_smarthome_checklist:not(:has(li:not([data-code='money'])))",
            run: () => report("The checklist"),
        },
        ...pressInBar("action_receive"),
        {
            content: "All that is left of the contract",
            trigger: ".modal .o_field_widget[name='amount'] input",
            run: "edit 115",
        },
        ...receiveIt("115", "Остаток"),
        { trigger: ".o_smarthome_checklist:not(:has(li:contains('115,00')))" },
        ...pressInBar("action_receive"),
        { trigger: ".modal .o_field_widget[name='amount'] input", run: "edit 110" },
        ...receiveIt("110", "За доп. КП"),
        { trigger: ".o_smarthome_object_form:not(:has(.o_smarthome_checklist li))" },
        fitsTheScreen,
        { trigger: ".alert-success:visible", run: () => report("All is received") },
        { trigger: ".o_notebook button[name='action_close']:enabled", run: "click" },
        agree,
        noDialog,
        status("closed"),
        openPage("profit"),
        { trigger: ".o_smarthome_statement tfoot:contains('136,00')" },
        fitsTheScreen,
        { trigger: ".o_smarthome_statement", run: () => report("The object is closed") },
    ],
});
