import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";

const field = (name) => `.o_smarthome_call_form .o_field_widget[name=${name}]`;

/** A first-time caller, with hands on the keyboard: from the hotkey to the object. */
registry.category("web_tour.tours").add("smarthome_call_new", {
    steps: () => [
        { trigger: ".o_list_view, .o_kanban_view", run: () => press(["alt", "shift", "c"]) },
        { trigger: `${field("phone")} input`, run: "edit 8 029 700 11 22" },
        { trigger: ".o_smarthome_call_caller.alert-light:contains('+375 29 700-11-22')" },
        { trigger: `${field("phone")} input`, run: "press Enter" },
        { trigger: `${field("name")} input:focus`, run: "edit Anna && press Enter" },
        { trigger: `${field("source_id")} .o_smarthome_call_badges:focus`, run: "press 2" },
        { trigger: `${field("source_id")} .btn:nth-child(2).active`, run: "press Enter" },
        { trigger: `${field("need")} textarea:focus`, run: "edit Light and climate && press Enter" },
        { trigger: `${field("object_type_id")} .o_smarthome_call_badges:focus`, run: "press 2" },
        { trigger: `${field("object_type_id")} .btn:nth-child(2).active`, run: "press Enter" },
        { trigger: `${field("address")} input:focus`, run: "edit Lake street 1 && press Enter" },
        { trigger: ".o_smarthome_call_buttons button[name=action_create_object]", run: "click" },
        { trigger: ".o_form_view:not(.o_smarthome_call_form) .o_field_widget[name=address]" },
    ],
});

/** The planned call of that object, answered from the list; it is the last of the day. */
registry.category("web_tour.tours").add("smarthome_call_answer", {
    steps: () => [
        { trigger: "button[name=action_open_answer]", run: "click" },
        {
            trigger: ".o_smarthome_call_said textarea",
            run: "edit Waits for the proposal && press Enter",
        },
        { trigger: ".o_smarthome_call_choice .o_smarthome_call_badges:focus", run: "press 3" },
        { trigger: ".o_smarthome_call_choice .active[data-value=week]" },
        { trigger: ".modal button[name=action_save_next]", run: "click" },
        { trigger: ".o_notification" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
