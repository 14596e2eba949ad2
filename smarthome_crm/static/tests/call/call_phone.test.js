import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Site extends models.Model {
    _name = "smarthome.object";

    name = fields.Char();

    _records = [{ id: 5, name: "Lake house" }];
}

class Call extends models.Model {
    _name = "smarthome.call";

    phone = fields.Char();
    object_id = fields.Many2one({ relation: "smarthome.object" });

    _records = [];
}

defineMailModels();
defineModels([Site, Call]);

const OWN = {
    status: "own",
    number: "+375 29 123-45-67",
    valid: true,
    name: "Anna",
    manager: "Igor",
    object_id: 5,
    object: "Lake house",
    last_answer: "Thinks it over",
    next_date: "2099-03-02 08:00:00",
};

const mount = () =>
    mountView({
        type: "form",
        resModel: "smarthome.call",
        arch: `
            <form>
                <field name="phone" widget="smarthome_call_phone"/>
                <field name="object_id"/>
            </form>`,
    });

async function type(number) {
    await contains("[name=phone] input").edit(number, { confirm: false });
    await runAllTimers();
    await animationFrame();
}

test("the caller is recognised while the number is typed, asked once", async () => {
    onRpc("smarthome.call", "lookup_number", ({ args }) => {
        expect.step(args[0]);
        return OWN;
    });
    await mount();
    await type("80291234567");
    expect.verifySteps(["80291234567"]);
    expect(".o_smarthome_call_caller").toHaveClass("alert-success");
    expect(".o_smarthome_call_caller").toHaveText(/Anna.*Lake house.*Thinks it over/s);
});

test("the talk is about the object that is known", async () => {
    onRpc("smarthome.call", "lookup_number", () => OWN);
    await mount();
    await type("80291234567");
    await contains(".o_smarthome_take_object").click();
    expect("[name=object_id] input").toHaveValue("Lake house");
    expect(".o_smarthome_take_object").toHaveCount(0);
});

test("of another manager's client only whose he is", async () => {
    onRpc("smarthome.call", "lookup_number", () => ({
        status: "other",
        number: "+375 29 123-45-67",
        valid: true,
        manager: "Olga",
        manager_id: 3,
    }));
    await mount();
    await type("80291234567");
    expect(".o_smarthome_call_caller").toHaveText("Client of Olga");
    expect(".o_smarthome_take_object").toHaveCount(0);
});

test("a short number is not looked up", async () => {
    onRpc("smarthome.call", "lookup_number", () => expect.step("asked"));
    await mount();
    await type("8029");
    expect.verifySteps([]);
    expect(".o_smarthome_call_caller").toHaveCount(0);
});
