"""How the house is tested: on servers of its own, in clones of one ready database."""
