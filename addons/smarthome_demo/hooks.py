from .story import calls, catalogue, documents, objects, proposals
from .story.teller import Teller


def post_init_hook(env):
    """Let the demo's people do what they did in the last weeks, by the product's own means.

    It happens once, when the addon is installed; an update tells nothing twice.
    """
    teller = Teller(env)
    teller.settle_people()
    catalogue.tell(teller)
    objects.tell(teller)
    proposals.tell(teller)
    documents.tell(teller)
    calls.tell(teller)
