from . import documents
from . import portal
from . import proposal_export
from . import smarthome_import
