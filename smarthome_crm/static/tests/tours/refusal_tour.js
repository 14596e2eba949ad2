import { registry } from "@web/core/registry";
import { fitsTheScreen, noDialog, pressInBar, report, row, status, watchHand } from "./tour_hand";

const nextYear = new Date().getFullYear() + 1;

/** The client says no: the reason, and a call in a year, which the program proposes. */
registry.category("web_tour.tours").add("smarthome_refusal", {
    steps: () => [
        { trigger: ".o_smarthome_object_form", run: watchHand },
        ...pressInBar("action_refuse"),
        {
            content: "A year on",
            trigger: `.modal .o_field_widget[name='next_date'] .o_input:contains('${nextYear}')`,
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
            trigger: row("call_ids", "Запланирован"),
            run: () => report("The object is refused"),
        },
    ],
});
