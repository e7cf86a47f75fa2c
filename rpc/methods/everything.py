"""Every generic method there is: importing this fills the table."""

from rpc.methods import describing, naming, probing, reading, writing

__all__ = ["describing", "naming", "probing", "reading", "writing"]
