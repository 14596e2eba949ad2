import { registry } from "@web/core/registry";
import { fitsTheScreen, noDialog, pressInBar, report, row, status, watchHand } from "./tour_hand";

/** In a year, or on the working day after it. */
const inAYear = [1, 2].map((years) => new Date().getFullYear() + years).join("|");

/** The client says no: the reason, and a call in a year, which the program proposes. */
registry.category("web_tour.tours").add("smarthome_refusal", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        ...pressInBar("action_refuse"),
        {
            content: "A year on",
            trigger: `.modal .o_field_widget[name='next_date'] .o_input:contains(/${inAYear}/)`,
        },
        { trigger: ".modal .o_smarthome_call_badges .btn:contains('Tour reason')", run: "click" },
        { trigger: ".modal .o_smarthome_call_badges .btn.active:contains('Tour reason')" },
        {
            trigger: ".modal .o_field_widget[name='answer'] textarea",
            run: "edit Строят в другом месте",
        },
        { trigger: ".modal button[name='action_refuse']:enabled", run: "click" },
        noDialog,
        status("refused"),
        { trigger: ".o_field_widget[name='refusal_reason_id']:contains('Tour reason')" },
        { trigger: row("call_ids", "Строят в другом месте") },
        fitsTheScreen,
        {
            content: "The next call stands there",
            trigger: `.o_smarthome_next_call .o_field_widget[name='next_call_date'] :contains(/${inAYear}/)`,
            run: () => report("The object is refused"),
        },
    ],
});
