"""Goods and where they lie: warehouses, their locations, and the kinds of operation that move goods between them."""
