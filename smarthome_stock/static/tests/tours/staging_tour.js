import { registry } from "@web/core/registry";

const row = (section, code) => `[data-section='${section}'] [data-code='${code}']`;
const figure = (section, code, name, text) => ({
    trigger: `${row(section, code)} [name='${name}']:contains('${text}')`,
});

/** On a telephone one section is seen at a time. */
const turnTo = (section) => ({
    isActive: ["mobile"],
    trigger: `.o_staging_tabs [name='${section}']`,
    run: "click",
});
const agree = { trigger: ".modal footer .btn-primary:enabled", run: "click" };
const type = (section, code, quantity) => ({
    trigger: `${row(section, code)} input`,
    run: `edit ${quantity} && press Tab`,
});

/** What a scanner sends. */
const scan = (barcode) => ({
    trigger: ".o_staging_page",
    run() {
        const { bus } = odoo.__WOWL_DEBUG__.root.env.services.barcode;
        bus.trigger("barcode_scanned", { barcode, target: document.body });
    },
});

/** Nothing sticks out, and a thumb finds every button. */
const fits = {
    trigger: ".o_staging",
    run() {
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            throw new Error("The page scrolls sideways");
        }
        for (const button of document.querySelectorAll(".o_staging button, .o_staging input")) {
            const { height, width } = button.getBoundingClientRect();
            if (height && (height < 43.5 || width < 43.5)) {
                throw new Error(`Too small for a thumb: ${button.className}`);
            }
        }
        for (const button of document.querySelectorAll(".o_staging .o_active footer .btn")) {
            if (button.getBoundingClientRect().bottom > window.innerHeight) {
                throw new Error(`Below the screen: ${button.className}`);
            }
        }
    },
};

const putIn = [
    figure("missing", "PG-LAMP", "missing", "Не хватает 10"),
    figure("missing", "PG-LAMP", "stock", "На складе 6"),
    fits,
    scan("999"),
    { trigger: ".o_notification:contains('Код 999 неизвестен')" },
    scan("4600000000024"),
    { trigger: `${row("missing", "PG-LAMP")} input:value(1)` },
    { trigger: `${row("missing", "PG-LAMP")} .o_staging_more`, run: "click" },
    { trigger: `${row("missing", "PG-LAMP")} input:value(2)` },
    type("missing", "PG-LAMP", 9),
    { trigger: ".o_notification:contains('на складе только 6')" },
    type("missing", "PG-LAMP", 3),
    {
        content: "A hasty thumb taps twice",
        trigger: ".o_staging_put:contains('Положить'):contains('3')",
        run() {
            this.anchor.click();
            this.anchor.click();
        },
    },
    figure("missing", "PG-LAMP", "missing", "Не хватает 7"),
    {
        trigger: ".o_staging_put:contains('Положить всё'):contains('2 поз.'):enabled",
        run: "click",
    },
    figure("missing", "PG-LAMP", "stock", "Нет на складе"),
    turnTo("here"),
    figure("here", "PG-LAMP", "here", "Здесь 6"),
    figure("here", "PG-RELAY", "here", "Здесь 4"),
];

const takeAndShip = [
    fits,
    type("here", "PG-LAMP", 2),
    { trigger: ".o_staging_take:enabled", run: "click" },
    agree,
    figure("here", "PG-LAMP", "here", "Здесь 4"),
    type("here", "PG-LAMP", 1),
    { trigger: ".o_staging_ship:contains('Отгрузить'):enabled", run: "click" },
    agree,
    figure("here", "PG-LAMP", "here", "Здесь 3"),
    turnTo("shipped"),
    figure("shipped", "PG-LAMP", "shipped", "Отгружено 1"),
];

const addExtra = [
    turnTo("here"),
    scan("4600000000031"),
    { trigger: ".modal:contains('Добавить вне КП?')" },
    agree,
    { trigger: ".modal .o_field_widget[name='quantity'] input", run: "edit 2" },
    { trigger: ".modal button[name='action_add']", run: "click" },
    figure("here", "PG-WIRE", "here", "Здесь 2"),
    { trigger: `${row("here", "PG-WIRE")} .badge:contains('Вне КП')` },
];

registry.category("web_tour.tours").add("smarthome_staging", {
    steps: () => [
        { trigger: ".o_staging_places .o_staging_search", run: "edit озера" },
        fits,
        {
            trigger: ".o_staging_card:contains('Дом у озера'):contains('Не хватает 2')",
            run: "click",
        },
        ...putIn,
        ...takeAndShip,
        ...addExtra,
        { trigger: ".o_staging_ship:contains('Отгрузить всё'):enabled", run: "click" },
        agree,
        turnTo("shipped"),
        figure("shipped", "PG-WIRE", "shipped", "Отгружено 2"),
        figure("shipped", "PG-LAMP", "shipped", "Отгружено 4"),
        fits,
    ],
});

registry.category("web_tour.tours").add("smarthome_staging_engineer", {
    steps: () => [
        { trigger: ".o_staging_header:contains('Дом у озера')" },
        { trigger: ".o_staging_page:not(:has(.o_staging_put, .o_staging_ship, .o_staging_take))" },
        { trigger: ".o_staging_page:not(:has(.o_staging_extra, .o_staging_stepper))" },
        turnTo("shipped"),
        figure("shipped", "PG-RELAY", "shipped", "Отгружено 4"),
        fits,
        { trigger: ".o_staging_installed", run: "click" },
        agree,
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_staging_label:contains('Этикетка')", run: "click" },
        { trigger: ".modal button[name='action_print_a6']" },
        { trigger: ".modal .btn-close, .modal .oi-arrow-left", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("smarthome_staging_refused", {
    steps: () => [
        { trigger: ".o_staging_refusal:contains('Это место комплектации открыто')" },
        { trigger: "body:not(:has(.o_error_dialog, .o_staging_page))" },
    ],
});
