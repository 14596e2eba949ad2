import { registry } from "@web/core/registry";

const camera = ".o_kanban_record:contains('Tour camera')";
const cameraRow = ".o_data_row:contains('TOUR-CAM')";
const workRow = ".o_data_row:contains('TOUR-WORK')";
const profit = (text) => `.o_smarthome_profit_whole[name='profit'] strong:contains('${text}')`;

const openFromObject = [
    {
        content: "A new proposal from the object, in one click",
        trigger: "button[name='action_new_proposal']",
        run: "click",
    },
    {
        content: "Its panel stands beside the lines",
        trigger: ".o_smarthome_profit_panel",
    },
];

const addFromCatalogue = [
    {
        content: "The catalogue opens on favourites",
        trigger: `.o_searchview_facet, ${camera}`,
    },
    {
        content: "Add the camera",
        trigger: `${camera} button:has(.fa-shopping-cart)`,
        run: "click",
    },
    {
        content: "Total and profit move in the catalogue already",
        trigger: ".o_smarthome_catalog_totals [name='profit']:contains('40.00')",
    },
    {
        content: "Back to the proposal",
        trigger: ".o-kanban-button-back",
        run: "click",
    },
];

registry.category("web_tour.tours").add("smarthome_proposal", {
    steps: () => [
        ...openFromObject,
        {
            trigger: ".o_statusbar_buttons button[name='action_smarthome_catalog']",
            run: "click",
        },
        ...addFromCatalogue,
        { content: "The profit of one camera", trigger: profit("40.00") },
        {
            content: "Generate the works",
            trigger: ".o_statusbar_buttons button[name='action_generate_works']:enabled",
            run: "click",
        },
        { content: "The profit with its work", trigger: profit("60.00") },
        {
            content: "Where does the work come from?",
            trigger: `${workRow} .o_smarthome_work_mark:not(.o_by_hand)`,
            run: "click",
        },
        {
            content: "From the camera",
            trigger: ".o_smarthome_work_trace:contains('TOUR-CAM')",
        },
        {
            content: "More cameras: the profit moves before anything is saved",
            trigger: `${cameraRow} td[name='product_uom_qty']`,
            run: "click",
        },
        {
            trigger: ".o_selected_row td[name='product_uom_qty'] input",
            run: "edit 2 && press Tab",
        },
        { trigger: profit("100.00") },
        { trigger: ".o_form_status_indicator_buttons:not(.invisible)" },
        {
            content: "A hand changes the price of the work",
            trigger: `${workRow} td[name='price_unit']`,
            run: "click",
        },
        {
            trigger: ".o_selected_row td[name='price_unit'] input",
            run: "edit 50 && press Tab",
        },
        { trigger: profit("120.00") },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The work has the mark of a hand now",
            trigger: `${workRow} .o_smarthome_work_mark.o_by_hand`,
            run: "click",
        },
        {
            trigger: ".o_smarthome_give_back",
            run: "click",
        },
        {
            content: "The norms have the price again",
            trigger: `${workRow} .o_smarthome_work_mark:not(.o_by_hand)`,
        },
        { trigger: profit("100.00") },
        {
            content: "Generating makes the work follow the two cameras",
            trigger: ".o_statusbar_buttons button[name='action_generate_works']:enabled",
            run: "click",
        },
        { trigger: profit("120.00") },
    ],
});

registry.category("web_tour.tours").add("smarthome_proposal_phone", {
    steps: () => [
        ...openFromObject,
        {
            trigger: ".o_smarthome_bottom_bar button[name='action_smarthome_catalog']",
            run: "click",
        },
        ...addFromCatalogue,
        { trigger: profit("40.00") },
        {
            trigger: ".o_smarthome_bottom_bar button[name='action_generate_works']:enabled",
            run: "click",
        },
        { trigger: profit("60.00") },
        {
            trigger: ".o_kanban_record:contains('TOUR-WORK') .o_smarthome_work_mark",
            run: "click",
        },
        { trigger: ".o_smarthome_work_trace:contains('TOUR-CAM')" },
    ],
});
