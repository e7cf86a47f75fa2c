"""What the door keeps: wizards."""

from rpc.models.wizard import Wizard

__all__ = ["Wizard"]
