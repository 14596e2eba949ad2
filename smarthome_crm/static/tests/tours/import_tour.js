import { registry } from "@web/core/registry";
import {
    chooseFile,
    fitsTheScreen,
    noDialog,
    pressInBar,
    report,
    row,
    tap,
    watchHand,
} from "./tour_hand";

const counters = (fresh, changed, errors) =>
    `.o_smarthome_import:has(.o_smarthome_import_new [name='new_count']:contains(/^${fresh}$/))` +
    `:has(.o_smarthome_import_changed [name='changed_count']:contains(/^${changed}$/))` +
    ` .o_smarthome_import_errors [name='error_count']:contains(/^${errors}$/)`;

const applyIt = { trigger: ".o_smarthome_import button[name='action_apply']:enabled", run: "click" };

/** What is applied can be checked again, not applied again. */
const isApplied = {
    trigger:
        ".o_smarthome_import:not(:has(button[name='action_apply'])) button[name='action_check']",
};

/** The kinds as they stand in the list: goods, then works. */
const chooseKind = (place) => [
    { trigger: ".o_field_widget[name='kind'] .o_select_menu_toggler", run: "click" },
    { trigger: `.o_select_menu_item[data-choice-index='${place}']`, run: "click" },
    {
        content: "What was checked says nothing any more",
        trigger: ".o_smarthome_import:not(:has(.o_smarthome_import_new))",
    },
];

/** Purchasing brings in the price list, the works with their norms, and an untidy list. */
registry.category("web_tour.tours").add("smarthome_import_catalogue", {
    steps: () => [
        { trigger: ".o_smarthome_import", run: watchHand },
        chooseFile("file", "/smarthome_tour/price-list-goods.xlsx"),
        { content: "It is checked by itself", trigger: counters(72, 0, 0) },
        { trigger: row("line_ids", "WB-MDM3") },
        fitsTheScreen,
        applyIt,
        isApplied,
        { trigger: counters(72, 0, 0), run: () => report("The price list is in") },
        ...chooseKind(1),
        chooseFile("file", "/smarthome_tour/works-and-norms.xlsx"),
        { trigger: counters(79, 11, 0) },
        applyIt,
        isApplied,
        { trigger: counters(79, 11, 0), run: () => report("The works and norms are in") },
        ...chooseKind(0),
        chooseFile("file", "/smarthome_tour/price-list-broken.xlsx"),
        { content: "An untidy list", trigger: counters(2, 1, 8) },
        { content: "Each row says why", trigger: row("line_ids", "NEW-1") },
        fitsTheScreen,
        applyIt,
        isApplied,
        { trigger: counters(2, 1, 8), run: () => report("The good rows of the untidy one too") },
    ],
});

/** The manager brings the client's file into a proposal and generates the works. */
registry.category("web_tour.tours").add("smarthome_import_brief", {
    steps: () => [
        { trigger: ".o_smarthome_profit_panel", run: watchHand },
        { trigger: "button[name='action_smarthome_import_brief']", run: "click" },
        chooseFile("file", "/smarthome_tour/client-brief.xlsx"),
        { trigger: `.modal ${counters(31, 0, 0)}` },
        { trigger: row("line_ids", "POE-8") },
        applyIt,
        isApplied,
        { trigger: ".modal footer .btn-secondary", run: "click" },
        noDialog,
        {
            content: "The goods",
            trigger: ".o_smarthome_profit_panel [name='total']:contains(/8\\s046,00/)",
            run: () => report("The brief is in"),
        },
        { isActive: ["desktop"], ...pressInBar("action_generate_works")[0] },
        tap(".o_smarthome_bottom_bar button[name='action_generate_works']:enabled"),
        {
            content: "With the works",
            trigger: ".o_smarthome_profit_panel [name='total']:contains(/11\\s482,18/)",
        },
        {
            trigger: ".o_smarthome_profit_panel [name='profit']:contains(/4\\s212,22/)",
            run: () => report("With its works"),
        },
    ],
});
