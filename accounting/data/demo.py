"""The demo company's history."""


def load() -> None:
    """Nothing yet."""
