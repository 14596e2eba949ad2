from .story import bonus, calls, catalogue, documents, objects, proposals, purchasing, warehouse
from .story.teller import Teller


def post_init_hook(env):
    """Let the demo's people do what they did in the last weeks, by the product's own means.

    It happens once, when the addon is installed; an update tells nothing twice.
    """
    teller = Teller(env)
    teller.settle_people()
    catalogue.tell(teller)
    warehouse.stock_up(teller)
    bonus.prepare(teller)
    objects.tell(teller)
    proposals.tell(teller)
    warehouse.tell(teller)
    purchasing.tell(teller)
    documents.tell(teller)
    calls.tell(teller)
    bonus.tell(teller)
