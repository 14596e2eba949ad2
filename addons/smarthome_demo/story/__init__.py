from . import calls, catalogue, documents, objects, proposals, teller
