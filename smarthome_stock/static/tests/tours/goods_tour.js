import { registry } from "@web/core/registry";
import {
    fitsTheScreen,
    noDialog,
    openPage,
    pressAbove,
    report,
    row,
    tap,
    watchHand,
} from "@smarthome_crm/../tests/tours/tour_hand";

const PARTS = ["tr.o_data_row", ".o_kanban_record:not(.o_kanban_ghost)"];

/** A button of a row, or of a card where the screen is narrow. */
const pressIn = (table, text, name) => ({
    content: `${name} of ${text}`,
    trigger: PARTS.map(
        (part) =>
            `.o_field_widget[name='${table}'] ${part}:contains('${text}') button[name='${name}']:enabled`
    ).join(", "),
    run: "click",
});

/** The row has no such button, or no longer. */
const hasNo = (table, text, name) => ({
    trigger: PARTS.map(
        (part) =>
            `.o_field_widget[name='${table}'] ${part}:contains('${text}'):not(:has(button[name='${name}']))`
    ).join(", "),
});

const EXTRAS = "smarthome_extra_ids";

/** The manager decides what the client pays for, takes one decision back and decides anew. */
registry.category("web_tour.tours").add("smarthome_goods_decide", {
    steps: () => [
        {
            trigger: ".alert:has(.o_field_widget[name='smarthome_waiting_count']:contains('3'))",
            run: watchHand,
        },
        openPage("smarthome_extra"),
        { trigger: row(EXTRAS, "ST-1") },
        fitsTheScreen,
        pressIn(EXTRAS, "ST-1", "action_smarthome_charge"),
        hasNo(EXTRAS, "ST-1", "action_smarthome_charge"),
        { trigger: row(EXTRAS, "ST-1", "180,00") },
        pressIn(EXTRAS, "ST-1", "action_smarthome_undecide"),
        hasNo(EXTRAS, "ST-1", "action_smarthome_undecide"),
        pressIn(EXTRAS, "ST-1", "action_smarthome_charge"),
        hasNo(EXTRAS, "ST-1", "action_smarthome_charge"),
        pressIn(EXTRAS, "ST-2", "action_smarthome_absorb"),
        hasNo(EXTRAS, "ST-2", "action_smarthome_absorb"),
        fitsTheScreen,
        {
            trigger: ".alert .o_field_widget[name='smarthome_waiting_count']:contains('1')",
            run: () => report("Two of three are decided"),
        },
    ],
});

/** The last one is decided where the object is closed. */
registry.category("web_tour.tours").add("smarthome_goods_take_back", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        openPage("closing"),
        { trigger: ".o_smarthome_checklist li[data-code='extras']:contains('ST-3')" },
        openPage("extras"),
        fitsTheScreen,
        pressIn("extra_line_ids", "ST-3", "action_smarthome_take_back"),
        hasNo("extra_line_ids", "ST-3", "action_smarthome_take_back"),
        fitsTheScreen,
        { trigger: ".o_smarthome_object_form", run: () => report("The last one is decided") },
    ],
});

/** The manager asks for what the contract needs. */
registry.category("web_tour.tours").add("smarthome_goods_ask", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        openPage("supply"),
        { trigger: row("supply_line_ids", "ST-1", "Запросить") },
        fitsTheScreen,
        { trigger: ".o_notebook button[name='action_new_request']:enabled", run: "click" },
        { trigger: row("line_ids", "ST-1") },
        fitsTheScreen,
        ...pressAbove("button_to_approve"),
        {
            trigger: ".o_form_view:not(:has(button[name='button_to_approve']))",
            run: () => report("Asked for"),
        },
    ],
});

/** The lead engineer approves. */
registry.category("web_tour.tours").add("smarthome_goods_approve", {
    steps: () => [
        { trigger: row("line_ids", "ST-1"), run: watchHand },
        fitsTheScreen,
        ...pressAbove("button_approved"),
        {
            trigger: ".o_form_view:not(:has(button[name='button_approved']))",
            run: () => report("Approved"),
        },
    ],
});

const ITEM = ".modal .o_field_widget[name='item_ids']";
const dialogFits = {
    content: "Nothing of the dialog has to be scrolled sideways",
    trigger: ".modal .modal-body",
    run({ anchor }) {
        if (anchor.scrollWidth > anchor.clientWidth + 1) {
            throw new Error("The dialog is too wide");
        }
    },
};

const VENDOR = ".modal .o_field_widget[name='supplier_id'] input";
const chooseVendor = [
    { isActive: ["desktop"], trigger: VENDOR, run: "edit Второй" },
    {
        isActive: ["desktop"],
        trigger: ".o-autocomplete--dropdown-item:contains('Второй поставщик') > a",
        run: "click",
    },
    tap(VENDOR),
    tap(".modal .o_kanban_record:contains('Второй поставщик')"),
    { trigger: `${VENDOR}:value(Второй поставщик)` },
];
const orderFour = [
    { isActive: ["desktop"], trigger: `${ITEM} td[name='product_qty']`, run: "click" },
    {
        isActive: ["desktop"],
        trigger: `${ITEM} [name='product_qty'] input`,
        run: "edit 4 && press Tab",
    },
    tap(`${ITEM} .o_kanban_record:contains('ST-1')`),
    {
        isActive: ["mobile"],
        trigger: ".modal .o_form_view .o_field_widget[name='product_qty'] input",
        run: "edit 4",
    },
    tap(".modal .o_form_button_save"),
];

/** Purchasing orders a part from the second vendor. */
registry.category("web_tour.tours").add("smarthome_goods_order", {
    steps: () => [
        { trigger: row("line_ids", "ST-1"), run: watchHand },
        fitsTheScreen,
        {
            trigger: ".o_statusbar_buttons button[data-hotkey='o']:enabled",
            run: "click",
        },
        { trigger: `${ITEM} :contains('ST-1')` },
        dialogFits,
        ...chooseVendor,
        ...orderFour,
        dialogFits,
        { trigger: `${ITEM} :contains('70')` },
        { trigger: ".modal button[name='make_purchase_order']:enabled", run: "click" },
        noDialog,
        { trigger: ".o_form_view .o_field_widget[name='partner_id']" },
        ...pressAbove("button_confirm"),
        {
            trigger: ".o_form_view:not(:has(button[name='button_confirm']))",
            run: () => report("Ordered"),
        },
    ],
});

/** The manager sees where his goods are. */
registry.category("web_tour.tours").add("smarthome_goods_supply", {
    steps: () => [
        { trigger: ".o_smarthome_object_form" },
        openPage("supply"),
        { trigger: row("supply_line_ids", "ST-1", "Запрошено") },
        { trigger: row("supply_line_ids", "ST-2", "Заказано") },
        fitsTheScreen,
    ],
});

/** The engineer marks goods as installed; one of them was stolen. */
registry.category("web_tour.tours").add("smarthome_goods_installed", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        openPage("supply"),
        { trigger: row("supply_line_ids", "ST-1") },
        fitsTheScreen,
        pressIn("supply_line_ids", "ST-1", "action_installed"),
        hasNo("supply_line_ids", "ST-1", "action_installed"),
        { trigger: row("supply_line_ids", "ST-1", "Смонтировано") },
        pressIn("supply_line_ids", "ST-2", "action_ask_installed"),
        { trigger: ".modal .o_field_widget[name='fate'] input[data-value='stolen']", run: "click" },
        dialogFits,
        { trigger: ".modal .o_field_widget[name='quantity'] input", run: "edit 1" },
        { trigger: ".modal .o_field_widget[name='note'] input", run: "edit Замок сломан" },
        { trigger: ".modal button[name='action_done']:enabled", run: "click" },
        noDialog,
        pressIn("supply_line_ids", "ST-2", "action_installed"),
        hasNo("supply_line_ids", "ST-2", "action_installed"),
        fitsTheScreen,
        { trigger: ".o_smarthome_object_form", run: () => report("All is installed") },
    ],
});

const PICKING = ".o_form_view .o_field_widget[name='move_ids']";
const fewer = (quantity) => [
    {
        isActive: ["desktop"],
        trigger: `${PICKING} tr:contains('ST-2') td[name='quantity']`,
        run: "click",
    },
    {
        isActive: ["desktop"],
        trigger: `${PICKING} [name='quantity'] input`,
        run: `edit ${quantity} && press Tab`,
    },
    tap(`${PICKING} .o_kanban_record:contains('ST-2')`),
    tap(".modal .o_field_widget[name='move_line_ids'] .o_kanban_record:contains('ST-2')"),
    {
        isActive: ["mobile"],
        trigger: ".modal .o_field_widget[name='quantity'] input",
        run: `edit ${quantity} && press Tab`,
    },
    tap(".modal:not(:has([name='move_line_ids'])) .o_form_button_save"),
    tap(".modal:has([name='move_line_ids']) .o_form_button_save"),
    noDialog,
];

/** The storekeeper gathers what is there and ships a part of it. */
registry.category("web_tour.tours").add("smarthome_goods_ship", {
    steps: () => [
        {
            isActive: ["desktop"],
            trigger: ".o_list_view .o_data_row:contains('Дом у озера')",
            run: watchHand,
        },
        {
            isActive: ["desktop"],
            trigger: ".o_list_view .o_data_row:contains('Дом у озера') td[name='name']",
            run: "click",
        },
        { isActive: ["mobile"], trigger: ".o_kanban_record:contains('Дом у озера')", run: watchHand },
        tap(".o_kanban_view .o_kanban_record:contains('Дом у озера')"),
        { trigger: `${PICKING} :contains('ST-1')` },
        { trigger: ".o_form_view:not(:has(.o_field_widget[name='partner_id'] a))" },
        fitsTheScreen,
        ...pressAbove("button_validate"),
        { trigger: ".o_form_view:not(:has(button[name='button_validate']))" },
        tap(".o-form-buttonbox .o_button_more"),
        { trigger: "button[name='action_next_transfer']:enabled", run: "click" },
        { trigger: ".o_form_view button[name='button_validate']" },
        ...fewer(1),
        fitsTheScreen,
        ...pressAbove("button_validate"),
        { trigger: ".modal button[name='process']:enabled", run: "click" },
        noDialog,
        {
            trigger: ".o_form_view:not(:has(button[name='button_validate']))",
            run: () => report("Shipped"),
        },
    ],
});
