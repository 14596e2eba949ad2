from . import bonus, calls, catalogue, documents, objects, proposals, purchasing, teller, warehouse
