"""What other programs may read, write and do with the shared nouns."""

from base.rpc import companies, partners, people, products, system, talk

__all__ = ["companies", "partners", "people", "products", "system", "talk"]
