"""What the door shows of itself: which nouns there are, their fields, and who may do what with them."""

from rpc.tables import actions, fields, models, rights, views

__all__ = ["actions", "fields", "models", "rights", "views"]
