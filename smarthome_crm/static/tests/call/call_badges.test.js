import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { press, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Source extends models.Model {
    _name = "call.source";

    name = fields.Char();

    _records = [
        { id: 11, name: "Friend" },
        { id: 12, name: "Website" },
        { id: 13, name: "Campaign" },
    ];
}

class Call extends models.Model {
    _name = "call";

    name = fields.Char();
    source_id = fields.Many2one({ relation: "call.source" });
    choice = fields.Selection({
        selection: [
            ["week", "Week"],
            ["month", "Month"],
        ],
    });

    _records = [{ id: 1, name: "Anna", source_id: 13 }];
}

defineMailModels();
defineModels([Source, Call]);

const mount = () =>
    mountView({
        type: "form",
        resModel: "call",
        resId: 1,
        arch: `
            <form js_class="smarthome_call_form">
                <field name="name"/>
                <field name="source_id" widget="smarthome_call_badges" domain="[('id', '!=', 13)]"/>
                <field name="choice" widget="smarthome_call_badges"/>
            </form>`,
    });
const badges = (name) => `[name=${name}] .o_smarthome_call_badges`;
const focus = async (name) => {
    queryOne(badges(name)).focus();
    await animationFrame();
};

test("digits and arrows choose a badge", async () => {
    await mount();
    await focus("source_id");
    await press("2");
    await animationFrame();
    expect(`${badges("source_id")} .active`).toHaveText(/Website/);
    await press("ArrowLeft");
    await animationFrame();
    expect(`${badges("source_id")} .active`).toHaveText(/Friend/);
});

test("a value outside of the domain is shown too", async () => {
    await mount();
    expect(`${badges("source_id")} .btn`).toHaveCount(3);
    expect(`${badges("source_id")} .active`).toHaveText(/Campaign/);
});

test("a second click takes the choice back", async () => {
    await mount();
    await contains(`${badges("choice")} [data-value=month]`).click();
    expect(`${badges("choice")} .active`).toHaveCount(1);
    await contains(`${badges("choice")} [data-value=month]`).click();
    expect(`${badges("choice")} .active`).toHaveCount(0);
});

test("Enter goes on, Ctrl+Enter saves", async () => {
    onRpc("call", "web_save", ({ args }) => {
        expect.step(args[1]);
    });
    await mount();
    await contains("[name=name] input").edit("Anna B.", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(badges("source_id")).toBeFocused();
    await press("1");
    await press("Enter");
    await animationFrame();
    expect(badges("choice")).toBeFocused();
    await press(["ctrl", "Enter"]);
    await animationFrame();
    expect.verifySteps([{ name: "Anna B.", source_id: 11 }]);
});
