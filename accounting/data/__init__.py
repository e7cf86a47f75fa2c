"""Rows that accounting brings: seeds, charts of accounts, the demo company's history."""
