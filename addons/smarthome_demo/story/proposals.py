"""Proposals in each status: goods, generated works, versions, one in euros, one below the floor."""

from . import contracts, warehouse
from .catalogue import import_file

#: goods of the proposals: article and quantity, pasted as rows
GOODS = {
    "kolodishchi": (
        "WB-8\t1\nWB-MR6C\t3\nWB-MDM3\t4\nTRM-KNX\t5\nAJ-HUB2P\t1\nAJ-MP\t6\nAJ-DP\t8\nAJ-LP\t6\n"
        "NPT-BUG12\t2\nENC-72\t1\nPSU-24\t2\nMCB-10\t18\nRCD-40\t4\nUTP-6\t250\nVVG-3x15\t400"
    ),
    "pritytskogo": (
        "WB-8\t1\nWB-MR6C\t2\nAJ-HUB2P\t1\nAJ-LP\t4\nNPT-BUG12\t2\nSM-GLY60\t3\nWB-MSW4\t3\nUTP-6\t80"
    ),
    "technopark": (
        "HK-2CD2143\t14\nHK-NVR7616\t1\nHDD-8TB\t2\nMT-RB5009\t1\nMT-CRS326\t2\nRCK-12U\t1\nPP-24\t2\n"
        "UB-U6P\t6\nUPS-1000\t1\nRD-EM\t4\nLOCK-EM300\t4\nUTP-6\t1400"
    ),
    "raubichi": (
        "KNX-PS640\t2\nKNX-IPR\t1\nKNX-SA8\t5\nKNX-DA4\t6\nSW-KNX4\t22\nTRM-KNX\t9\nFCU-KNX\t4\n"
        "SN-AMP\t3\nSN-IC\t6\nHK-2CD2T47\t8\nHK-NVR7616\t1\nHDD-8TB\t2\nUB-U6P\t4\nMT-RB5009\t1\n"
        "ENC-72\t2\nMCB-10\t32\nRCD-40\t8\nKNX-CBL\t450\nUTP-6\t600\nVVG-3x25\t700"
    ),
    "raubichi_more": "GATE-RLY\t1\nAJ-SIR\t2\nHK-2CD2T47\t2",
    "lake": "WB-8\t1\nWB-MDM3\t6\nSW-AQ-H1\t14\nAJ-HUB2P\t1\nAJ-MP\t7\nAJ-FP2\t5\nUB-U6P\t3\nUTP-6\t210",
    "zhdanovichi": "HC3\t1\nFGD-212\t12\nFGR-223\t6\nSM-GLY60\t4\nAJ-HUB2P\t1\nAJ-DP\t9\nHDMI-MX4\t1",
    "line": "SN-AMP\t1\nSN-IC\t2\nDH-IPC2441\t4\nHK-NVR7608\t1\nHDD-4TB\t1\nUTP-6\t120",
    "pobediteley": "LED-RGBW\t6\nSW-KNX4\t6\nKNX-DA4\t2\nKNX-PS640\t1\nSM-GLY60\t4\nTV-BRK\t2\nSN-AMP\t1",
}
#: stages of an object after its contract
IN_WORK = ("in_work",)
ACCEPTED = (*IN_WORK, "acceptance")
CLOSED = (*ACCEPTED, "closed")


def tell(teller):
    """Make the proposals, and let each object come as far as it is."""
    tell_contracts(teller)
    tell_returning_client(teller)
    tell_talks(teller)
    tell_drafts(teller)


# === How one of them is made === #


def begin(teller, key):
    """A new proposal of an object, in the hands of its manager."""
    site = teller.find(f"object_{key}")
    login = site.user_id.login
    if site.stage == "new":
        teller.by(login, site).stage = "proposal"
    action = teller.by(login, site).action_new_proposal()
    return teller.by(login, "sale.order").browse(action["res_id"])


def add_goods(order, rows):
    """Paste rows of goods into a proposal."""
    paste = order.env["smarthome.paste.goods"].create({"order_id": order.id, "text": rows})
    paste.action_apply()


def make(teller, key, rows=None):
    """A proposal with goods and generated works."""
    order = teller.keep(f"proposal_{rows or key}", begin(teller, key))
    add_goods(order, GOODS[rows or key])
    order.action_generate_works()
    return order


def sign(teller, order, stages):
    """Sign a proposal and lead its object through the stages."""
    order.smarthome_date_start = teller.at(-12 if stages else 10, 9).date()
    order.action_confirm()
    site = teller.by(order.user_id.login, order.smarthome_object_id)
    site.stage = "contract"
    next_date = None if stages else teller.at_work(6, 12)
    for stage in stages[:1]:
        site.stage = stage
    site.next_call_id.action_answer("КП получили, условия подходят, договор подписан", next_date)
    if stages:
        warehouse.supply(teller, order, len(stages))
        contracts.pay(teller, order, len(stages))
        contracts.install(teller, order, len(stages))
    for stage in stages[1:]:
        if stage == "closed":
            contracts.accept(teller, order)
            site.action_close()
        else:
            site.stage = stage


# === What became of them === #


def tell_contracts(teller):
    """Four contracts: closed, in acceptance, in work, just signed."""
    for key, way, stages in (
        ("kolodishchi", "hand", CLOSED),
        ("pritytskogo", "email", ACCEPTED),
        ("technopark", "email", IN_WORK),
        ("raubichi", "messenger", ()),
    ):
        order = make(teller, key)
        order.action_smarthome_mark_sent(way)
        sign(teller, order, stages)
    # a new wish after the contract: an additional proposal
    make(teller, "raubichi", "raubichi_more")


def tell_returning_client(teller):
    """The client of the closed house comes back with the next one."""
    closed = teller.find("object_kolodishchi")
    closed = teller.by(closed.user_id.login, closed)
    defaults = closed.action_new_object_of_client()["context"]
    bath = closed.with_context(**defaults).create({"name": "Баня и гостевой дом в Колодищах"})
    teller.by(closed.user_id.login, bath).stage = "survey"
    teller.keep("object_bath", bath)


def tell_talks(teller):
    """Sent and discussed: one in euros, one below the floor, one refused."""
    tell_euro(teller)
    tell_low_profit(teller)
    line = make(teller, "line")
    line.action_smarthome_mark_sent("email")
    reason = teller.env.ref("smarthome_crm.refusal_reason_expensive")
    site = teller.by(line.user_id.login, line.smarthome_object_id)
    site.action_refuse(reason.id)
    line.action_cancel()


def tell_euro(teller):
    """The client counts in euros and asks for a second version with a discount."""
    first = teller.keep("proposal_lake", begin(teller, "lake"))
    first.pricelist_id = teller.find("pricelist_eur")
    add_goods(first, GOODS["lake"])
    first.action_generate_works()
    first.action_smarthome_mark_sent("messenger", "Telegram, +375 29 611-05-05")
    action = first.action_smarthome_new_version()
    second = teller.keep("proposal_lake_2", first.browse(action["res_id"]))
    goods = second.order_line.filtered(lambda line: line.smarthome_kind == "goods")
    goods.discount = 5.0
    second.action_generate_works()


def tell_low_profit(teller):
    """Another company is cheaper: a large discount needs the consent of the head."""
    order = make(teller, "zhdanovichi")
    order.action_smarthome_mark_sent("email")
    action = order.action_smarthome_new_version()
    cheap = teller.keep("proposal_zhdanovichi_2", order.browse(action["res_id"]))
    cheap.order_line.filtered(lambda line: line.smarthome_kind).discount = 25.0
    cheap.action_generate_works()
    cheap.action_smarthome_ask_consent()


def tell_drafts(teller):
    """Not sent yet: from the client's list, and one whose work a hand has changed."""
    brief = teller.keep("proposal_mayak", begin(teller, "mayak"))
    importer = teller.by(brief.user_id.login, "smarthome.import")
    import_file(importer, "brief", "client-brief.xlsx", order_id=brief.id)
    brief.action_generate_works()
    order = make(teller, "pobediteley")
    works = order.order_line.filtered("smarthome_is_generated")
    works[:1].product_uom_qty += 1
    site = teller.find("object_borovlyany")
    teller.by(site.user_id.login, site).stage = "survey"
