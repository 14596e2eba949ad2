from . import documents
from . import proposal_export
from . import smarthome_import
