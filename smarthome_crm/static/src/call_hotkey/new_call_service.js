import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

export const NEW_CALL_HOTKEY = "alt+shift+c";
const ACTION = "smarthome_crm.smarthome_call_action_new";
const GROUPS = ["smarthome_base.group_smarthome_secretary", "smarthome_base.group_smarthome_manager"];

/** «New Call» anywhere, by its hotkey or in the command palette. */
export const newCallService = {
    dependencies: ["action", "command"],
    start(env, { action, command }) {
        const register = async () => {
            const answers = await Promise.all(GROUPS.map((group) => user.hasGroup(group)));
            if (answers.some(Boolean)) {
                command.add(_t("New Call"), () => action.doAction(ACTION), {
                    global: true,
                    category: "smart_action",
                    hotkey: NEW_CALL_HOTKEY,
                    hotkeyOptions: { bypassEditableProtection: true, global: true },
                });
            }
        };
        return { ready: register() };
    },
};

registry.category("services").add("smarthome_new_call", newCallService);
