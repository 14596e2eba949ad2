import { Activity } from "@mail/core/common/activity_model";
import { assignIn } from "@mail/utils/common/misc";
import { patch } from "@web/core/utils/patch";

patch(Activity, {
    _insert(data) {
        const activity = super._insert(...arguments);
        assignIn(activity, data, ["smarthome_call_id"]);
        return activity;
    },
});

patch(Activity.prototype, {
    /**
     * Open the form that asks for the answer of a planned call.
     *
     * @returns {Promise<void>} resolved when the form is closed
     */
    async answerCall() {
        const { action, orm } = this.store.env.services;
        const form = await orm.call("mail.activity", "action_done", [[this.id]]);
        if (form?.type) {
            await new Promise((resolve) => action.doAction(form, { onClose: resolve }));
        }
    },
});
