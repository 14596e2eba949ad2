"""What several models share: groups of fields that leak nowhere, and what addons above may know."""

HEAD = "smarthome_base.group_smarthome_head"

#: purchase prices and installers' rates of single lines and products in proposals
COST_GROUPS = "smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant"

#: purchase prices of products, which purchasing keeps
PURCHASE_GROUPS = f"{COST_GROUPS},smarthome_base.group_smarthome_purchasing,base.group_system"

#: prices of goods and works for clients: whoever sells, invoices or keeps the catalogue
PRICE_GROUPS = (
    "sales_team.group_sale_salesman,account.group_account_readonly,"
    "account.group_account_invoice,product.group_product_manager,base.group_system"
)

#: pay of installers per work, which the lead engineer settles with his crew
PAY_GROUPS = f"{COST_GROUPS},smarthome_base.group_smarthome_engineer"

#: norms of works, which a storekeeper's list of goods has nothing to do with
NORM_GROUPS = (
    "smarthome_base.group_smarthome_manager,smarthome_base.group_smarthome_engineer,"
    "smarthome_base.group_smarthome_purchasing"
)

#: totals of cost, pay and profit of a whole proposal
PROFIT_GROUPS = "smarthome_base.group_smarthome_manager,smarthome_base.group_smarthome_accountant"

#: folders that every object has: code -> the regulation's own name
DEFAULT_FOLDERS = {
    "brief": "ТЗ_от_Клиента",
    "photo": "ФОТО",
    "contract": "Договор",
    "acts": "Акты",
    "accounting": "Бухгалтерия",
}

#: stages of an object in which the next call may be missing
STAGES_WITHOUT_CALL = ("in_work", "acceptance", "closed")

#: the company's own figures of a proposal, which its client does not see
STAFF = "base.group_user"
