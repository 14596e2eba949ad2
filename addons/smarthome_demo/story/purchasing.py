"""Requests to purchasing: one ordered from two vendors, one to be approved, one to be bought."""

from . import warehouse

#: articles of the first request: the bus devices and the music; all the rest is the second one's
FIRST_REQUEST = ("KNX-PS640", "KNX-IPR", "KNX-SA8", "KNX-DA4", "SN-AMP", "SN-IC")


def tell(teller):
    """The manager asks, the engineer approves, purchasing orders, one vendor has delivered."""
    site = teller.find("object_raubichi")
    first = teller.keep("request_first", ask(teller, site))
    drop = first.line_ids.filtered(lambda line: line.product_id.default_code not in FIRST_REQUEST)
    drop.unlink()
    first.button_to_approve()
    teller.by("engineer", first).button_approved()
    orders = order(teller, first)
    second_vendor = teller.find("partner_vendor2")
    arrived = orders.filtered(lambda one: one.partner_id == second_vendor)
    warehouse.receive(teller, arrived, teller.at(-1, 12))
    second = teller.keep("request_second", ask(teller, site))
    second.button_to_approve()
    tell_to_buy(teller)


def tell_to_buy(teller):
    """The office's manager leads it himself, so a head approves: purchasing has what to buy."""
    request = teller.keep("request_third", ask(teller, teller.find("object_technopark")))
    request.button_to_approve()
    teller.by("head", request).button_approved()


def ask(teller, site):
    """What the object still needs, in the manager's request."""
    action = teller.by(site.user_id.login, site).action_new_request()
    return teller.by(site.user_id.login, "purchase.request").browse(action["res_id"])


def order(teller, request):
    """Purchase orders of a request, one for each vendor, confirmed.

    :return: purchase.order
    """
    wizard = (
        teller.by("purchasing", "purchase.request.line.make.purchase.order")
        .with_context(active_model="purchase.request.line", active_ids=request.line_ids.ids)
        .create({})
    )
    action = wizard.make_purchase_order()
    orders = wizard.env["purchase.order"].search(action["domain"])
    orders.button_confirm()
    return orders
