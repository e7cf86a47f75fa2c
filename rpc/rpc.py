"""What the door shows of itself: which nouns there are, their fields, and who may do what with them."""

from rpc.tables import actions, models, rights

__all__ = ["actions", "models", "rights"]
