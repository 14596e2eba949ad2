import { registry } from "@web/core/registry";
import {
    agree,
    fitsTheScreen,
    isSaved,
    noDialog,
    openPage,
    report,
    row,
    status,
    tap,
    watchHand,
} from "@smarthome_crm/../tests/tours/tour_hand";

const press = (trigger) => ({ isActive: ["desktop"], trigger, run: "click" });

const meter = (amount) => ({
    trigger: `.o_smarthome_profit_panel [name='bonus_amount']:contains('${amount}')`,
});

/** Neither the list nor its headings, nor a card, are cut at the side. */
const listFitsTheScreen = {
    content: "The whole list is seen",
    trigger: ".o_list_renderer .o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
    run() {
        const parts = document.querySelectorAll(
            ".o_list_renderer, .o_list_table th .text-truncate, .o_kanban_record"
        );
        const cut = [...parts].filter((part) => part.scrollWidth > part.clientWidth + 1);
        if (cut.length) {
            throw new Error(`Cut: ${cut.map((part) => part.outerHTML.slice(0, 200))}`);
        }
    },
};

const goodsRow = ".o_field_widget[name='order_line'] tr.o_data_row:contains('CON-1')";
const giveDiscount = [
    press(`${goodsRow} td[name='discount']`),
    {
        isActive: ["desktop"],
        trigger: ".o_selected_row td[name='discount'] input",
        run: "edit 10 && press Tab",
    },
    tap(".o_field_widget[name='order_line'] .o_kanban_record:contains('CON-1')"),
    {
        isActive: ["mobile"],
        trigger: ".modal .o_field_widget[name='discount'] input",
        run: "edit 10 && press Tab",
    },
    tap(".modal .o_form_button_save:enabled"),
    noDialog,
];

/** The manager gives a discount and sees what it takes of his bonus, then thinks again. */
registry.category("web_tour.tours").add("smarthome_bonus_meter", {
    steps: () => [
        { ...meter("9,80"), run: watchHand },
        { trigger: ".o_smarthome_bonus [name='discount_cost']:contains('0,23')" },
        fitsTheScreen,
        ...giveDiscount,
        meter("7,80"),
        { trigger: ".o_form_view:has(.o_form_button_cancel:visible)" },
        fitsTheScreen,
        { ...meter("7,80"), run: () => report("The bonus moved before saving") },
        { trigger: ".o_form_button_cancel:enabled", run: "click" },
        meter("9,80"),
        isSaved,
    ],
});

const cause = (name) => `.o_smarthome_autopsy_row[data-cause='${name}']`;

/** The manager closes his object, sees what became of the profit, and opens what ate of it. */
registry.category("web_tour.tours").add("smarthome_bonus_closing", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        openPage("closing"),
        { trigger: ".o_smarthome_object_form:not(:has(.o_smarthome_checklist li))" },
        { trigger: ".o_notebook button[name='action_close']:enabled", run: "click" },
        agree,
        noDialog,
        status("closed"),
        openPage("profit"),
        { trigger: `${cause("proposal")}:contains('98,00')` },
        { trigger: `${cause("expense")}:contains('-10,00')` },
        { trigger: `${cause("total")}:contains('88,00')` },
        { trigger: row("bonus_ids", "8,80") },
        fitsTheScreen,
        listFitsTheScreen,
        { trigger: cause("total"), run: () => report("The autopsy") },
        { trigger: `${cause("expense")} button`, run: "click" },
        {
            content: "The document behind the cause",
            trigger: ".o_form_view:not(.o_smarthome_object_form) .o_field_widget[name='file_ids']",
        },
        { trigger: ".o_field_widget[name='name'] :value(Доставка)" },
        fitsTheScreen,
        { trigger: ".o_form_view", run: () => report("The expense is opened") },
    ],
});

const SITE = "Дом у озера";

/** A head finds the bonus that waits, looks at it and approves it. */
registry.category("web_tour.tours").add("smarthome_bonus_approval", {
    steps: () => [
        { trigger: ".o_searchview_facet, .o_kanban_view", run: watchHand },
        {
            isActive: ["desktop"],
            trigger: `tr.o_data_row:contains('${SITE}') td[name='amount']:contains('8,80')`,
        },
        listFitsTheScreen,
        { trigger: ".o_content", run: () => report("Bonuses to approve") },
        press(`tr.o_data_row:contains('${SITE}') td[name='object_id']`),
        tap(`.o_kanban_record:contains('${SITE}'):contains('8,80')`),
        { trigger: ".o_form_view .o_field_widget[name='amount']:contains('8,80')" },
        { trigger: ".o_field_widget[name='base']:contains('88,00')" },
        fitsTheScreen,
        { trigger: ".o_statusbar_buttons button[name='action_approve']:enabled", run: "click" },
        status("approved"),
        { trigger: ".o_form_view:not(:has(button[name='action_approve']))" },
        { trigger: ".o_field_widget[name='date_approved']" },
        { trigger: ".o_form_view", run: () => report("The bonus is approved") },
    ],
});

/** The manager finds it among his own. */
registry.category("web_tour.tours").add("smarthome_bonus_mine", {
    steps: () => [
        { trigger: ".o_searchview, .o_kanban_view", run: watchHand },
        { isActive: ["desktop"], trigger: ".o_group_header.o_group_open:contains('8,80')" },
        {
            trigger: ["tr.o_data_row", ".o_kanban_record"]
                .map((part) => `${part}:contains('${SITE}'):contains('8,80')`)
                .join(", "),
        },
        {
            content: "It is approved",
            trigger: ".o_data_row .o_field_badge[name='state'], .o_kanban_record [name='state']",
        },
        listFitsTheScreen,
        { trigger: ".o_content", run: () => report("My bonuses") },
        press(`tr.o_data_row:contains('${SITE}') td[name='object_id']`),
        tap(`.o_kanban_record:contains('${SITE}')`),
        { trigger: ".o_smarthome_object_form" },
    ],
});
