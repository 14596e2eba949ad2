import { edit, press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { hand, report, tap, type, watchHand } from "./tour_hand";

/** From a call to an e-mailed Excel of ten goods: no more clicks than this. */
const MOST_CLICKS = 25;

const ROWS = Array.from({ length: 10 }, (_, i) => `STORY-${i + 1}\t${i + 1}`).join("\n");

const field = (name) => `.o_smarthome_call_form .o_field_widget[name=${name}]`;
const badges = (name) => `${field(name)} .o_smarthome_call_badges`;
const button = (name, text) => `button[name='${name}']:enabled:contains('${text}')`;
const panel = (name, text, amount) =>
    `.o_smarthome_profit_panel [name='${name}']:contains('${text}'):contains(${amount})`;
const call = (text) => {
    const inTable = ".o_field_widget[name='call_ids']";
    return [".o_data_row", ".o_kanban_record"].map((row) => `${inTable} ${row}${text}`).join(", ");
};

/** A table of the designer's was copied elsewhere. */
function copyRows() {
    Object.defineProperty(navigator, "clipboard", {
        value: { readText: async () => ROWS, writeText: async () => {} },
    });
}

/** Press the key that stands on the badge, then Enter. */
const choose = (text) => async (helpers) => {
    const options = [...helpers.anchor.querySelectorAll(".btn")];
    const badge = options.find((option) => option.textContent.includes(text));
    await press(badge.querySelector("kbd").textContent.trim());
    await press("Enter");
};

/** A badge is chosen by its key where there are keys, by the finger where there are none. */
const chooseSteps = (group, text) => [
    { isActive: ["desktop"], trigger: `${group}:focus:contains('${text}')`, run: choose(text) },
    tap(`${group} .btn:contains('${text}')`),
    { trigger: `${group} .btn.active:contains('${text}')` },
];

const takeCall = [
    {
        content: "The telephone rings",
        trigger: ".o_list_view, .o_kanban_view",
        run() {
            copyRows();
            watchHand();
        },
    },
    { isActive: ["desktop"], trigger: "body", run: () => press(["alt", "shift", "c"]) },
    tap(".o-kanban-button-new"),
    tap(`${field("phone")} input`),
    {
        content: "The number is new",
        trigger: `${field("phone")} input:focus`,
        run: () => edit("8 029 700 33 44"),
    },
    {
        trigger: ".o_smarthome_call_caller:contains('+375 29 700-33-44')",
        run: () => press("Enter"),
    },
    { trigger: `${field("name")} input:focus`, run: type("Анна") },
    ...chooseSteps(badges("source_id"), "Рекомендация"),
    tap(`${field("need")} textarea`),
    { trigger: `${field("need")} textarea:focus`, run: type("Свет") },
    ...chooseSteps(badges("object_type_id"), "Дом"),
    {
        trigger: ".o_smarthome_call_buttons button:contains('Создать объект')",
        run: "click",
    },
];

const makeProposal = [
    {
        content: "The object, and its proposal by one click",
        trigger: ".o_statusbar_buttons button[name='action_new_proposal']:contains('Новое КП')",
        run: "click",
    },
    {
        content: "Ten goods, pasted",
        trigger: "button[name='action_smarthome_paste_goods']:contains('Вставить строки')",
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name='text'] textarea:focus",
        run: () => press(["ctrl", "v"]),
    },
    {
        trigger: ".modal .o_field_widget[name='text'] textarea:value(STORY-10)",
        run: () => press("Tab"),
    },
    { trigger: ".modal p:contains('Верных строк'):contains('10')" },
    {
        trigger: ".modal button[name='action_apply']:contains('Добавить в предложение')",
        run: "click",
    },
    { trigger: panel("total", "Итого", "/6\\s050,00/") },
    {
        isActive: ["desktop"],
        trigger: button("action_generate_works", "ГЕНЕРИРОВАТЬ РАБОТЫ"),
        run: "click",
    },
    tap(button("action_generate_works", "Работы")),
    { content: "The total with works", trigger: panel("total", "Итого", "/7\\s300,00/") },
    { content: "And the profit", trigger: panel("profit", "Прибыль", "/3\\s500,00/") },
];

const sendIt = [
    { trigger: button("action_quotation_send", "Отправить"), run: "click" },
    {
        content: "Nobody knows the client's address yet",
        trigger: ".o-mail-RecipientsInputTagsListPopover input",
        run: "click",
    },
    {
        trigger: ".o-mail-RecipientsInputTagsListPopover input:focus",
        run: type("anna@example.com"),
    },
    {
        content: "The letter is Russian",
        trigger: ".modal .o_field_widget[name='subject'] :value(/Коммерческое предложение КП-/)",
    },
    { content: "The Excel is there", trigger: ".modal [name='attachment_ids']:contains('.xlsx')" },
    { trigger: ".modal .o_mail_send:enabled:contains('Отправить')", run: "click" },
    {
        content: "It is on its way",
        trigger: ".o_statusbar_status:has(.o_arrow_button_current:contains('Отправлено'))",
        run() {
            report("From a call to an e-mailed Excel of ten goods");
            if (hand.clicks > MOST_CLICKS) {
                throw new Error(`${hand.clicks} clicks are more than ${MOST_CLICKS}`);
            }
        },
    },
];

const checkDelivery = [
    {
        content: "Back at the object",
        trigger: ".o_breadcrumb .o_back_button, .o_breadcrumb .breadcrumb-item:last a",
        run: "click",
    },
    {
        content: "A call has to check that the proposal came",
        trigger: call(":contains('Доставка КП'):contains('Запланирован') button:contains('Ответ')"),
        run: "click",
    },
    tap(".modal .o_smarthome_call_said textarea"),
    { trigger: ".modal .o_smarthome_call_said textarea:focus", run: type("Получила, думает") },
    ...chooseSteps(".modal .o_smarthome_call_choice .o_smarthome_call_badges", "Через 3 дня"),
    { trigger: ".modal button[name='action_save']:contains('Сохранить')", run: "click" },
    { trigger: "body:not(:has(.modal))" },
    { trigger: call(":contains('Состоялся'):contains('Получила, думает')") },
    {
        content: "The next call stands there",
        trigger: call(":contains('Запланирован'):contains('Контрольный')"),
        run: () => report("With the answer about its delivery"),
    },
];

/** A manager's day in Russian: a call, its object, a proposal, the letter, the next call. */
registry.category("web_tour.tours").add("smarthome_story", {
    steps: () => [...takeCall, ...makeProposal, ...sendIt, ...checkDelivery],
});
