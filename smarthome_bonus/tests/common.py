from odoo.addons.smarthome_crm.tests.acceptance_common import PIXEL
from odoo.addons.smarthome_crm.tests.test_contract import SmarthomeContractCommon


class SmarthomeBonusCommon(SmarthomeContractCommon):
    """A contract of 2 goods of 100 (cost 60) and 3 works of 10 (rate 4): profit 230-120-12 = 98."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["smarthome.bonus.rule"].search([]).active = False
        cls.rule = cls._create_rule(type_id=cls.object_type.id, percent=10)

    @classmethod
    def _create_rule(cls, **values):
        return cls.env["smarthome.bonus.rule"].create({"date_from": "2020-01-01", **values})

    @classmethod
    def _create_ready(cls, site=None):
        """Sign, do all works, receive all money, accept: nothing stands in the way of closing."""
        site = site or cls.object
        contract = cls._create_contract(smarthome_object_id=site.id)
        cls._fill_acts(site.folder_ids.filtered(lambda folder: folder.code == "acts"))
        works = contract.order_line.filtered(lambda line: line.smarthome_kind == "work")
        cls.env["smarthome.work.done"].create(
            [{"order_line_id": line.id, "quantity": line.product_uom_qty} for line in works]
        )
        contract.action_smarthome_receive(contract.amount_total)
        cls._deliver(site)
        return contract

    @classmethod
    def _fill_acts(cls, folder):
        """A scanned act marked as signed, and a photo."""
        documents = (
            {"name": "act.pdf", "raw": b"%PDF-1.4", "is_signed_act": True},
            {"name": "working.png", "raw": PIXEL},
        )
        cls.env["smarthome.document"].create(
            [{"folder_id": folder.id, **values} for values in documents]
        )

    @classmethod
    def _put_on_probation(cls, user, until):
        employee = cls.env["hr.employee"].create({"name": user.name, "user_id": user.id})
        employee.version_id.trial_date_end = until
        return employee
