from . import proposal_export
