import { defineMailModels, start } from "@mail/../tests/mail_test_helpers";
import { ActivityListPopoverItem } from "@mail/core/web/activity_list_popover_item";
import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    getService,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const DONE = ".o-mail-ActivityListPopoverItem-markAsDone";

async function mountItem(values) {
    mockService("action", {
        doAction(action, options) {
            if (action.res_model) {
                expect.step(`open ${action.res_model}`);
                options.onClose();
            }
        },
    });
    onRpc("mail.activity", "action_done", ({ args }) => {
        expect.step(`done ${args[0]}`);
        return { type: "ir.actions.act_window", res_model: "smarthome.call.answer" };
    });
    await start();
    const activity = getService("mail.store")["mail.activity"].insert({
        id: 7,
        res_id: 1,
        res_model: "res.partner",
        state: "today",
        can_write: true,
        date_deadline: "2099-03-02",
        ...values,
    });
    await mountWithCleanup(ActivityListPopoverItem, {
        props: { activity, onActivityChanged: () => expect.step("changed") },
    });
}

test("«Done» of a planned call opens the form of the answer", async () => {
    await mountItem({ smarthome_call_id: 3 });
    await contains(DONE).click();
    await animationFrame();
    expect.verifySteps(["done 7", "open smarthome.call.answer", "changed"]);
    expect(".o-mail-ActivityMarkAsDone").toHaveCount(0);
});

test("«Done» of any other activity stays as it was", async () => {
    await mountItem({ smarthome_call_id: false });
    await contains(DONE).click();
    await animationFrame();
    expect.verifySteps([]);
    expect(".o-mail-ActivityMarkAsDone").toHaveCount(1);
});
