from . import documents
from . import proposal_export
