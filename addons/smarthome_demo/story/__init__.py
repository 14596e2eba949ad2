from . import calls, catalogue, documents, objects, proposals, purchasing, teller, warehouse
