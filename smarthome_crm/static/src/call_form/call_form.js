import { onMounted } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

import { useCallKeys } from "./call_keys_hook";

/** The form of a call: made for a person with the receiver at his ear. */
export class CallFormController extends FormController {
    setup() {
        super.setup();
        useCallKeys(this.rootRef, {
            save: () => this.saveButtonClicked(),
            getButton: () =>
                this.rootRef.el.querySelector(".o_smarthome_call_buttons .btn-primary"),
        });
        // Odoo focuses nothing on a telephone; the number is what a new call begins with.
        onMounted(() => {
            if (this.model.root.isNew) {
                this.rootRef.el.querySelector(".o_smarthome_call_number input")?.focus();
            }
        });
    }
}

/** The form of an answer: Ctrl+Enter presses its first button. */
export class CallAnswerFormController extends FormController {
    setup() {
        super.setup();
        const getButton = () =>
            document.querySelector(".o_dialog:not(.o_inactive_modal) footer .btn-primary") ||
            this.rootRef.el.querySelector(".btn-primary");
        useCallKeys(this.rootRef, { save: () => getButton()?.click(), getButton });
    }
}

registry.category("views").add("smarthome_call_form", {
    ...formView,
    Controller: CallFormController,
});
registry.category("views").add("smarthome_call_answer_form", {
    ...formView,
    Controller: CallAnswerFormController,
});
