"""Forms as a browser sends them: read from a page, changed, sent back."""

import html
import re


def opened(client, address):
    """What a browser would send back from a page: the names and values of its form."""
    page = client.get(address).content.decode()
    form = page[page.index('id="record"') :].split("</form>")[0].split("<template")
    text = form[0] + "".join(part.split("</template>")[1] for part in form[1:])
    text = re.sub(r"<noscript>.*?</noscript>", "", text, flags=re.DOTALL)
    found = {}
    for tag in re.findall(r"<input [^>]*>", text):
        kind = re.search(r'type="(\w+)"', tag)
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        ticks = kind and kind[1] in {"checkbox", "radio"}
        if name and not (ticks and " checked" not in tag) and not (kind and kind[1] == "file"):
            told = html.unescape(value[1]) if value else "on" if ticks else ""
            found[name[1]] = [*found[name[1]], told] if ticks and name[1] in found else [told]
    for name, body in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL
    ):
        found[name] = [html.unescape(body).removeprefix("\n")]
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = [chosen[1] if chosen else ""]
    return found


def sent(client, address, **changes):
    """Open a form, change some of its boxes, and send it."""
    changed = {
        name: value if isinstance(value, list) else [value] for name, value in changes.items()
    }
    return client.post(address, opened(client, address) | changed)
