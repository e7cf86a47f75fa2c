"""Every page there is, found from what is declared: screens and their ways of looking, addresses, links on pages."""

import json
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

from base.models import User
from rpc import registry as exposures
from web.screens import leading, registry, ways

SHOPS = (
    "Name;City;Country\nWarung Asri;Solo;Indonesia\nWarung Baru;Solo;Atlantis\n;Solo;Indonesia\n"
)
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
ROW = re.compile(r'<tr[^>]*data-row.*?<a href="([^"?]+)', re.DOTALL)
LEAVES = {"account_logout", "account_reset_password"}
ALIKE = re.compile(r"web-screen-.*-(export|import|build|move|day|hang|plan)$")


def demo_company(settings):
    """The demo company and its months of history; answers the administrator."""
    settings.DEMO = True
    call_command("demo", verbosity=0)
    return User.objects.get(pk=2)


def entrance(client):
    """The pages for those who are not signed in."""
    walk = Walk(client)
    return {name: at for name, at in without_arguments() if "login" in at and walk.is_page(at)}


def stops(client):
    """What is visited, by name: each screen in each way of looking, and each other page once."""
    walk = Walk(client)
    for screen in registry.everything():
        if not _is_wizard(screen):
            walk.over(screen)
    walk.to_an_import()
    walk.along(walk.addresses)
    walk.to_windows()
    walk.to_the_office()
    walk.along_links()
    return walk.found


class Walk:
    """What was found so far, and the text of what was read on the way."""

    def __init__(self, client):
        self.client, self.found, self._read = client, {"missing": "/nothing/"}, {}
        self._alike = set()
        self.addresses = list(without_arguments())  # reading them declares the ways of looking

    def read(self, at):
        """The text of the whole page that stands there; nothing for a piece of one, a file, or the way elsewhere."""
        if at not in self._read:
            answer = self.client.get(at)
            is_html = answer.headers.get("Content-Type", "").startswith("text/html")
            text = answer.content.decode() if is_html and answer.status_code == 200 else ""
            self._read[at] = text if "</html>" in text else ""
        return self._read[at]

    def is_page(self, at):
        """Whether a whole page stands there."""
        return bool(self.read(at))

    def over(self, screen):
        """Its ways of looking, a new record, and a record for each of the states that there is one in."""
        at, name = f"/{screen.key}/", screen.slug
        for one in ways.ways_of(screen, None):
            self.found[f"{name}-{one.key}"] = f"{at}?{urlencode({'all': 1, 'v': one.key})}"
        if screen.form is None:
            return
        self.along([(f"{name}-new", f"{at}new/")])
        self._first_row(f"{name}-record", at)
        field = exposures.find(screen.name).fields.get(screen.form.status)
        for key, _label in getattr(field, "choices", None) or ():
            asked = json.dumps([[screen.form.status, "=", key]])
            self._first_row(f"{name}-record-{key}", at, d=asked)

    def _first_row(self, name, at, **query):
        text = self.read(f"{at}?{urlencode({'all': 1, 'v': 'list', **query})}")
        match = ROW.search(text.partition('id="rows"')[2].partition("</table>")[0])
        if match and match[1] not in self.found.values():
            self.found[name] = match[1]

    def to_an_import(self):
        """An import whose columns are to be matched."""
        file = SimpleUploadedFile("shops.csv", SHOPS.encode())
        self.found["import-columns"] = self.client.post("/contacts/import/", {"file": file})[
            "Location"
        ]

    def to_windows(self):
        """Each wizard, opened on the first record that it can be opened on; what is posted can be done most with."""
        names = sorted(self.found, key=lambda name: not name.endswith("-posted"))
        records = [
            self.found[name].strip("/").rpartition("/") for name in names if "-record" in name
        ]
        owners = [(registry.find(key), int(pk)) for key, _slash, pk in records]
        for screen in filter(_is_wizard, registry.everything()):
            for owner, pk in owners:
                about = {"active_model": owner.name, "active_ids": [pk]} if owner else {}
                address = leading.window(screen.name, about, "/home/")
                if owner and self.is_page(address):
                    self.found[screen.slug] = address
                    break

    def to_the_office(self):
        """The back office's first page, a list and a form of it."""
        self.found["office"] = reverse("admin:index")
        self.found["office-list"] = reverse("admin:base_user_changelist")
        self.found["office-form"] = reverse("admin:base_user_change", args=[2])

    def along_links(self):
        """The first address of every other page that a link on any of these leads to."""
        waiting = list(self.found.values())
        while waiting:
            links = (unescape(one) for one in LINK.findall(self.read(waiting.pop())))
            ours = [at for at in links if re.match(r"/(?!admin/|/)", at)]
            waiting += self.along((_name_of(at), at) for at in ours)

    def along(self, pages):
        """Those of these pages that are not found yet, whole pages only; one for all screens where they are alike."""
        known = {_name_of(at) for at in self.found.values()} | LEAVES
        taken = []
        for name, at in pages:
            view, alike = _name_of(at), ALIKE.match((_name_of(at) or "").replace(":", "-"))
            if view is None or view in known or (alike and alike[1] in self._alike):
                continue
            if not self.is_page(at):
                continue
            known.add(view)
            self._alike |= {alike[1]} if alike else set()
            self.found[name.replace(":", "-")] = at
            taken.append(at)
        return taken


def without_arguments(patterns=None, before="", names=""):
    """The name and the address of every page that takes no argument."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        at = before + str(one.pattern)
        if isinstance(one, URLPattern):
            if not re.search(r"[<(\\]", at):
                yield names + (one.name or at), f"/{at}"
        elif not at.startswith("admin/"):
            inner = f"{names}{one.namespace}:" if one.namespace else names
            yield from without_arguments(one.url_patterns, at, inner)


def _is_wizard(screen):
    return exposures.find(screen.name).kind == "wizard"


def _name_of(at):
    try:
        return resolve(urlsplit(at).path).view_name
    except Resolver404:
        return None
