import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");

class SaleOrderLine extends models.Model {
    _name = "sale.order.line";

    name = fields.Char();
    smarthome_is_generated = fields.Boolean();
    smarthome_hand_quantity = fields.Boolean();
    smarthome_hand_price = fields.Boolean();

    _records = [
        { id: 1, name: "goods" },
        { id: 2, name: "work", smarthome_is_generated: true },
        { id: 3, name: "work by hand", smarthome_is_generated: true, smarthome_hand_price: true },
    ];
}

class Proposal extends models.Model {
    _name = "proposal";

    state = fields.Char();
    line_ids = fields.One2many({ relation: "sale.order.line" });

    _records = [{ id: 1, state: "draft", line_ids: [1, 2, 3] }];
}

defineMailModels();
defineModels([Proposal, SaleOrderLine]);

function mountLines() {
    return mountView({
        type: "form",
        resModel: "proposal",
        resId: 1,
        arch: `
            <form>
                <field name="state" invisible="1"/>
                <field name="line_ids">
                    <list editable="bottom">
                        <field name="name"/>
                        <field name="smarthome_is_generated" widget="smarthome_work_mark" readonly="1"/>
                    </list>
                </field>
            </form>`,
    });
}

function answerTrace(rows) {
    onRpc("sale.order.line", "smarthome_get_trace", ({ args }) => {
        expect.step(`trace ${args[0]}`);
        return rows;
    });
}

test("generated works have a mark, those changed by hand another one", async () => {
    await mountLines();
    expect(".o_smarthome_work_mark").toHaveCount(2);
    expect(".o_smarthome_work_mark.o_by_hand").toHaveCount(1);
    expect(".o_smarthome_work_mark .fa-hand-paper-o").toHaveCount(1);
});

test("a click tells from which goods, by which norm, how many", async () => {
    answerTrace([{ norm: "Cameras → Mounting", goods: "Camera", goods_quantity: 3, quantity: 6 }]);
    await mountLines();
    await contains(".o_smarthome_work_mark:first").click();
    expect.verifySteps(["trace 2"]);
    expect(".o_smarthome_work_trace").toHaveText(/Camera/);
    expect(".o_smarthome_work_trace td.fw-bold").toHaveText("6");
    expect(".o_smarthome_give_back").toHaveCount(0);
});

test("a change by hand is given back", async () => {
    answerTrace([]);
    onRpc("sale.order.line", "action_smarthome_give_back", ({ args }) => {
        expect.step(`give back ${args[0]}`);
        return true;
    });
    await mountLines();
    await contains(".o_smarthome_work_mark.o_by_hand").click();
    await contains(".o_smarthome_give_back").click();
    await animationFrame();
    expect.verifySteps(["trace 3", "give back 3"]);
    expect(".o_smarthome_work_trace").toHaveCount(0);
});

test("nothing is given back in a signed proposal", async () => {
    Proposal._records[0].state = "sale";
    answerTrace([]);
    await mountLines();
    await contains(".o_smarthome_work_mark.o_by_hand").click();
    expect.verifySteps(["trace 3"]);
    expect(".o_smarthome_work_trace").toHaveCount(1);
    expect(".o_smarthome_give_back").toHaveCount(0);
});
