import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryText } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");

class Proposal extends models.Model {
    _name = "proposal";

    amount_total = fields.Float();
    amount_tax = fields.Float();
    smarthome_discount_amount = fields.Float();
    smarthome_goods_revenue = fields.Float();
    smarthome_goods_cost = fields.Float();
    smarthome_works_revenue = fields.Float();
    smarthome_works_pay = fields.Float();
    smarthome_other_revenue = fields.Float();
    smarthome_other_cost = fields.Float();
    smarthome_profit = fields.Float({
        onChange: (record) => {
            record.smarthome_profit_percent = (100 * record.smarthome_profit) / 1000;
        },
    });
    smarthome_profit_percent = fields.Float();
    smarthome_profit_floor = fields.Float();

    _records = [
        {
            id: 1,
            amount_total: 1200,
            amount_tax: 200,
            smarthome_goods_revenue: 800,
            smarthome_goods_cost: 600,
            smarthome_works_revenue: 200,
            smarthome_works_pay: 50,
            smarthome_profit: 350,
            smarthome_profit_percent: 35,
            smarthome_profit_floor: 20,
        },
    ];
}

defineMailModels();
defineModels([Proposal]);

const TOTALS = `
    <field name="amount_total" invisible="1"/>
    <field name="amount_tax" invisible="1"/>
    <field name="smarthome_discount_amount" invisible="1"/>`;
const PROFIT = `
    <field name="smarthome_goods_revenue" invisible="1"/>
    <field name="smarthome_goods_cost" invisible="1"/>
    <field name="smarthome_works_revenue" invisible="1"/>
    <field name="smarthome_works_pay" invisible="1"/>
    <field name="smarthome_other_revenue" invisible="1"/>
    <field name="smarthome_other_cost" invisible="1"/>
    <field name="smarthome_profit"/>
    <field name="smarthome_profit_percent" invisible="1"/>
    <field name="smarthome_profit_floor" invisible="1"/>`;

function mountPanel(nodes) {
    return mountView({
        type: "form",
        resModel: "proposal",
        resId: 1,
        arch: `<form>${nodes}<widget name="smarthome_profit_panel"/></form>`,
    });
}

test("total, tax and profit with its halves", async () => {
    await mountPanel(TOTALS + PROFIT);
    expect(".o_smarthome_total dd").toHaveText("1,200.00");
    expect("[name=tax] dd").toHaveText("200.00");
    expect("[name=discount]").toHaveCount(0);
    expect(".o_smarthome_profit").toHaveClass("o_level_success");
    expect(".o_smarthome_profit_whole .o_smarthome_percent").toHaveText("35.00 %");
    expect(queryAllTexts(".o_smarthome_half_title")).toEqual([
        "Goods\n200.00\n25.00 %",
        "Works\n150.00\n75.00 %",
    ]);
});

test("the colour follows the floor while editing", async () => {
    await mountPanel(TOTALS + PROFIT);
    await contains("[name=smarthome_profit] input").edit("220");
    expect(".o_smarthome_profit").toHaveClass("o_level_warning");
    await contains("[name=smarthome_profit] input").edit("190");
    expect(".o_smarthome_profit").toHaveClass("o_level_danger");
    expect(queryText(".o_smarthome_floor")).toBe("below the floor of 20.00 %");
});

test("nothing of the profit for those who may not read it", async () => {
    await mountPanel(TOTALS);
    expect(".o_smarthome_total dd").toHaveText("1,200.00");
    expect(".o_smarthome_profit").toHaveCount(0);
});

test("discount and other lines are shown when there are any", async () => {
    Proposal._records[0].smarthome_discount_amount = 30;
    Proposal._records[0].smarthome_other_revenue = 40;
    await mountPanel(TOTALS + PROFIT);
    expect("[name=discount] dd").toHaveText("-30.00");
    expect(".o_smarthome_half").toHaveCount(3);
});
