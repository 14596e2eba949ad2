import { registry } from "@web/core/registry";

const camera = ".o_kanban_record:contains('WB-CAM4')";
const relay = ".o_kanban_record:contains('WB-REL')";

const open = (bar) => [
    { trigger: `${bar} button[name='action_smarthome_catalog']`, run: "click" },
    { content: "Goods with a card each", trigger: `.o_smarthome_catalog ${camera}` },
];

const add = [
    { trigger: `${camera} button:has(.fa-shopping-cart)`, run: "click" },
    { trigger: `${camera} .o_smarthome_catalog_quantity input` },
    { trigger: ".o_smarthome_catalog_totals [name='total']:contains('140.00')" },
];

const back = [
    { trigger: ".o-kanban-button-back", run: "click" },
    { trigger: ".o_form_view .o_smarthome_profit_panel" },
];

const costs = [
    { content: "What was paid", trigger: `${camera} [name='last']:contains('64.00')` },
    { trigger: `${camera} [name='average']:contains('63.00')` },
    { content: "100 - 63", trigger: `${camera} [name='margin']:contains('37.00')` },
];

registry.category("web_tour.tours").add("smarthome_catalog", {
    steps: () => [
        ...open(".o_statusbar_buttons"),
        { trigger: `${camera} [name='free']:contains('40')` },
        { content: "No costs here", trigger: ".o_smarthome_catalog:not(:has([name='costs']))" },
        {
            content: "Several words in any order",
            trigger: ".o_searchview_input",
            run: "edit улич купол",
        },
        { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
        { trigger: `.o_smarthome_catalog:not(:has(${relay}))` },
        ...add,
        { content: "One more", trigger: `${camera} button:has(.fa-plus)`, run: "click" },
        { trigger: ".o_smarthome_catalog_totals [name='total']:contains('240.00')" },
        {
            content: "A quantity typed",
            trigger: `${camera} .o_smarthome_catalog_quantity input`,
            run: "edit 7 && press Tab",
        },
        { trigger: ".o_smarthome_catalog_totals [name='total']:contains('740.00')" },
        { content: "A dense list", trigger: ".o_look_dense", run: "click" },
        { trigger: `.o_smarthome_catalog_dense ${camera}` },
        { content: "Pictures again", trigger: ".o_look_pictures", run: "click" },
        { trigger: `.o_smarthome_catalog_pictures ${camera}` },
        ...back,
    ],
});

registry.category("web_tour.tours").add("smarthome_catalog_head", {
    steps: () => [...open(".o_statusbar_buttons"), ...costs, ...add, ...back],
});

registry.category("web_tour.tours").add("smarthome_catalog_phone", {
    steps: () => [
        ...open(".o_smarthome_bottom_bar"),
        ...add,
        { trigger: `${camera} button:has(.fa-plus)`, run: "click" },
        { trigger: ".o_smarthome_catalog_totals [name='total']:contains('240.00')" },
        ...back,
    ],
});

registry.category("web_tour.tours").add("smarthome_catalog_head_phone", {
    steps: () => [...open(".o_smarthome_bottom_bar"), ...costs, ...add, ...back],
});
