import { Activity } from "@mail/core/web/activity";
import { ActivityListPopoverItem } from "@mail/core/web/activity_list_popover_item";
import { patch } from "@web/core/utils/patch";

/** «Done» in the chatter. */
patch(Activity.prototype, {
    async onClickMarkAsDone() {
        const { activity, onActivityChanged } = this.props;
        if (!activity.smarthome_call_id) {
            return super.onClickMarkAsDone(...arguments);
        }
        const { thread } = this;
        await activity.answerCall();
        onActivityChanged(thread);
        await thread.fetchNewMessages();
    },
});

/** «Done» in the lists, kanban cards and activity views. */
patch(ActivityListPopoverItem.prototype, {
    async onClickMarkAsDone() {
        const { activity, onActivityChanged } = this.props;
        if (!activity.smarthome_call_id) {
            return super.onClickMarkAsDone(...arguments);
        }
        await activity.answerCall();
        onActivityChanged?.();
    },
});
