"""The ledger's tables."""

from safecall.ledger.models.log import Epoch, Log, SignedHead, StoredTile
from safecall.ledger.models.row import LedgerRow
from safecall.ledger.models.telephone import TelephoneDay

__all__ = ["Epoch", "LedgerRow", "Log", "SignedHead", "StoredTile", "TelephoneDay"]
