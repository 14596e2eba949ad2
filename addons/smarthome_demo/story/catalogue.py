"""Goods, works and norms come in by the importer, as purchasing and the head bring them."""

import base64

from odoo.tools import file_open

FILES = (
    ("purchasing", "goods", "price-list-goods.xlsx"),
    ("head", "works", "works-and-norms.xlsx"),
)
#: what managers sell most
FAVOURITES = (
    "WB-8",
    "WB-MR6C",
    "WB-MDM3",
    "SW-KNX4",
    "WB-MSW4",
    "AJ-HUB2P",
    "AJ-MP",
    "AJ-DP",
    "AJ-LP",
    "HK-2CD2143",
    "HK-2CD2T47",
    "HK-NVR7608",
    "UB-U6P",
    "UTP-6",
    "VVG-3x15",
    "GFR-20",
)

#: Odoo's own categories of goods, whose names no translation reaches
CATEGORIES = {
    "product.product_category_goods": "Товары",
    "product.product_category_expenses": "Расходы",
    "product.product_category_services": "Услуги",
}


def tell(teller):
    """Import the price list, the works and the norms; mark what is sold most."""
    charge_vat(teller.env)
    name_categories(teller.env)
    sell_in_dollars(teller)
    for login, kind, filename in FILES:
        vendor = teller.find("partner_vendor") if kind == "goods" else teller.env["res.partner"]
        import_file(teller.by(login, "smarthome.import"), kind, filename, partner_id=vendor.id)
    products = teller.env["product.product"].search([("default_code", "in", FAVOURITES)])
    products.product_tmpl_id.is_favorite = True
    # a large job for installers costs them more trouble per hour
    teller.env.ref("smarthome_crm.object_type_house").work_coefficient = 1.1


def name_categories(env):
    """Name Odoo's own categories of goods in Russian; those gone by are let be."""
    for xml_id, name in CATEGORIES.items():
        category = env.ref(xml_id, raise_if_not_found=False)
        if category:
            category.name = name


def charge_vat(env):
    """Prices of the price list are without VAT: clients pay it above them."""
    company = env.company
    country = company.account_fiscal_country_id or company.country_id
    group = env["account.tax.group"].create({"name": "НДС 20 %", "country_id": country.id})
    company.account_sale_tax_id = env["account.tax"].create(
        {
            "name": "НДС 20 %",
            "amount": 20.0,
            "type_tax_use": "sale",
            "price_include_override": "tax_excluded",
            "tax_group_id": group.id,
            "country_id": country.id,
        }
    )


def sell_in_dollars(teller):
    """The first pricelist is everybody's who has no other: it is in the company's currency."""
    currency = teller.env.company.currency_id
    pricelists = teller.env["product.pricelist"]
    default = pricelists.search([("currency_id", "=", currency.id)], limit=1)
    if not default:
        default = teller.keep(
            "pricelist_usd",
            pricelists.create({"name": "Основной прайс-лист", "currency_id": currency.id}),
        )
    default.sequence = 1


def import_file(importer, kind, filename, **values):
    """Bring in a file of the demo as a person would: check, then apply.

    :param importer: model ``smarthome.import`` in the hands of a person
    :return: the import
    """
    record = importer.create(
        {"kind": kind, "file": read_file(filename), "filename": filename, **values}
    )
    record.action_check()
    record.action_apply()
    return record


def read_file(filename):
    """Content of one of the demo's files, in base64."""
    with file_open(f"smarthome_demo/data/files/{filename}", "rb") as file:
        return base64.b64encode(file.read())
