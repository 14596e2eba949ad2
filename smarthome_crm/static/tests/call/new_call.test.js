import { expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { makeMockEnv, mockService, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

defineMailModels();

async function pressHotkey(isCaller) {
    mockService("action", {
        doAction(action) {
            expect.step(action);
        },
    });
    onRpc("has_group", () => isCaller);
    const env = await makeMockEnv();
    await env.services.smarthome_new_call.ready;
    await press(["alt", "shift", "c"]);
    await animationFrame();
}

test.tags("desktop");
test("the hotkey opens a new call anywhere", async () => {
    await pressHotkey(true);
    expect.verifySteps(["smarthome_crm.smarthome_call_action_new"]);
});

test.tags("desktop");
test("whoever takes no calls has no such hotkey", async () => {
    await pressHotkey(false);
    expect.verifySteps([]);
});
