"""Every generic method there is: importing this fills the table."""

from rpc.methods import describing, grouping, naming, probing, reading, writing

__all__ = ["describing", "grouping", "naming", "probing", "reading", "writing"]
