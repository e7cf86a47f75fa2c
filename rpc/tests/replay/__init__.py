"""Calls recorded on another server of the contract, sent to ours, and what comes back compared."""
