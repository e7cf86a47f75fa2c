"""What is asked of how pages look: nothing sticks out, nobody is kept out, a thumb hits every button."""

import gzip
from urllib.parse import urlsplit

from erpsite.testing.browser import ARTEFACTS, DESK, PHONE, TABLET, barriers, picture

SIZES = {"phone": PHONE, "telephone": (390, 844), "tablet": TABLET, "desk": DESK}
OTHERS = "office"  # pages that others have written: their looks are theirs
WIDTHS = (360, 720, 768, 1024, 1440)  # 720 is a desk at 200 %
PICTURES = {"desk": (1440, 900), "telephone": (390, 844)}
MORE = ("tbody tr:nth-child(n+10)", ".board-cards > :nth-child(n+4)")  # like those before them
MOST = {"js": 200_000, "css": 60_000}


def faults(page, addresses, theme):
    """What sticks out or keeps somebody out, by page; takes a picture of each page on a phone and a desk."""
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(address)
        if barred := barriers(page):
            found[name] = barred
        for size in SIZES if theme == "light" else ("phone",):  # what is dark is as wide
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            if size in ("phone", "desk"):
                picture(page, f"{name}-{size}-{theme}")
            if sticks_out(page):
                found[f"{name} at {width}"] = page.evaluate(WIDE)
    return found


def sticks_out(page):
    """Whether the page is wider than its window, once the window has settled."""
    return page.evaluate(STICKS_OUT)


def too_small(page, addresses):
    """Targets that a thumb would miss, by page."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    small = {}
    for name, address in addresses.items():
        page.goto(address)
        if found := page.evaluate(SMALL):
            small[name] = found
    return small


def scripts_loaded(page, address):
    """The scripts that a page loads, with their sizes as they travel."""
    loaded = {}

    def listen(answer):
        if answer.url.endswith(".js"):
            loaded[answer.url] = len(gzip.compress(answer.body()))

    page.on("response", listen)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return loaded


class Sweep:
    """Visits pages in one window, at some widths, and notes what is wrong with each."""

    def __init__(self, page, host, widths=WIDTHS):
        self.page, self.host, self.widths = page, host, widths
        self.faults, self._heard, self._weights = {}, [], {}
        page.emulate_media(reduced_motion="reduce")
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._heard.append(f"script: {error}"))
        page.on("request", self._watch)

    def visit(self, name, address, pictures=None):
        """Look at a page in each width; with `pictures`, a folder below the artefacts, keep how it looks."""
        self._heard.clear()
        self._sized(*DESK)
        answer = self.page.goto(address)
        self.page.evaluate(SETTLED)
        expected = 404 if name == "missing" else 200
        is_ours = not name.startswith(OTHERS)
        wrong = [*self._weight(), *(barriers(self.page, MORE) if is_ours else ())]
        if answer.status != expected:
            wrong.append(f"answers {answer.status}")
        for width in self.widths if is_ours else ():
            self._sized(width, DESK[1])
            if sticks_out(self.page):
                wrong.append(f"sticks out at {width}: {self.page.evaluate(WIDE)}")
        for size, (width, height) in PICTURES.items() if pictures else ():
            self._sized(width, height)
            wrong += [f"menu sticks out at {width}: {one}" for one in self.page.evaluate(MENUS)]
            self._keep(f"{pictures}/{size}", name, width, height)
        wrong += self._heard
        if wrong:
            self.faults[name] = wrong

    def told(self):
        """What is wrong, by page, one sentence each."""
        return [f"{name}: {one}" for name, wrong in self.faults.items() for one in wrong]

    def _sized(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})

    def _keep(self, folder, name, width, height):
        place = ARTEFACTS / "looks" / folder
        place.mkdir(parents=True, exist_ok=True)
        tall = min(2 * height, self.page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": max(tall, height)}
        self.page.screenshot(path=place / f"{name}.png", full_page=True, clip=clip)

    def _hear(self, message):
        if message.type == "error" and not ("404" in message.text and "/nothing/" in self.page.url):
            self._heard.append(f"console: {message.text}")

    def _watch(self, request):
        at = urlsplit(request.url)
        if at.scheme not in ("data", "blob") and f"{at.scheme}://{at.netloc}" != self.host:
            self._heard.append(f"asks elsewhere: {request.url}")

    def _weight(self):
        loaded = dict.fromkeys(self.page.evaluate(LOADED))
        for ending, most in MOST.items():
            sizes = [
                self._compressed(url) for url in loaded if urlsplit(url).path.endswith(f".{ending}")
            ]
            if sum(sizes) > most:
                yield f"{sum(sizes)} bytes of {ending}"

    def _compressed(self, url):
        if url not in self._weights:
            self._weights[url] = len(gzip.compress(self.page.request.get(url).body()))
        return self._weights[url]


LOADED = "performance.getEntriesByType('resource').map((one) => one.name)"
# A picture follows the window a little later.
STICKS_OUT = """async () => {
    const is = () => document.documentElement.scrollWidth > innerWidth;
    if (is()) await new Promise((done) => setTimeout(done, 500));
    return is();
}"""
SETTLED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await document.fonts.ready;
    for (let n = 0; n < 3; n++) await frame();
    const until = performance.now() + 4000;
    while (document.querySelector(".htmx-request, [aria-busy=true]") && performance.now() < until) await frame();
    for (let n = 0; n < 3; n++) await frame();
}"""
# What makes the page wider than the window: not what a box that scrolls or clips keeps inside.
WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => {
        for (let up = e.parentElement; up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== "visible") return false;
        return true;
    })
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
MENUS = """async () => {
    const found = [];
    for (const menu of document.querySelectorAll("details[data-menu]")) {
        if (menu.hidden || menu.open || !menu.checkVisibility()) continue;
        menu.open = true;
        for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
        const panel = menu.querySelector(".menu-panel");
        const box = panel && panel.getBoundingClientRect();
        if (box && (box.left < -1 || box.right > innerWidth + 1)) found.push(menu.outerHTML.slice(0, 160));
        menu.open = false;
    }
    return found;
}"""
SMALL = """() => [...document.querySelectorAll("button, .btn, summary, select, input:not([type=hidden]), .menu-item, .module-row a")]
    .filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".visually-hidden"))
    .map((e) => [e, (e.matches("input[type=checkbox]") ? e.parentElement : e).getBoundingClientRect()])
    .filter(([e, box]) => box.height < 43.5 && box.width > 1)
    .map(([e, box]) => Math.round(box.height) + " " + e.outerHTML.slice(0, 120))"""
