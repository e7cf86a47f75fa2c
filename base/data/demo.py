"""The demo company: a trading house in Jakarta with its people, customers, vendors and goods. The same at each run."""

from base.data import demo_catalogue, demo_house, demo_partners, demo_talk


def load() -> None:
    """Make it all. May run again without harm."""
    demo_house.load()
    demo_partners.load()
    demo_catalogue.load()
    demo_talk.load()
