"""What people do with the screens of the fleet, the third-party module under test; and what they keep of them."""

import re
from urllib.parse import urlencode

from tests.living_house import text_of
from web.tests.sending import opened

GONE_LATER = (
    '[["driving_licence","!=",false]]'  # a condition on the contacts by a field of the fleet's
)


def send(people, address, **changes):
    """Open a form, change some of its boxes, and send it."""
    return people.post(address, **(opened(people, address) | changes))


def pages_show_it(people, soon):
    """From the menu to a vehicle, seen in every way, on its screen and on the page that the module has made itself."""
    home = people.get("/home/").text
    assert 'href="/vehicles/"' in home
    page = people.get("/armada/").text
    assert "No road tax is due" in page
    style = page.split("armada/armada", 1)[1].split('"')[0]
    assert people.get(f"/static/armada/armada{style}").status_code == 200

    wanted = {"plate": "b 1234xyz", "description": "Mitsubishi Colt Diesel", "kind_id": "Lorry"}
    made = send(people, "/vehicles/new/", **wanted, tax_due_date=soon)
    assert re.fullmatch(r"/vehicles/\d+/", made.url.path), made.text
    again = send(people, "/vehicles/new/", **wanted, tax_due_date=soon)
    assert again.status_code == 422
    assert "There is a vehicle with this plate already." in again.text

    for way in (f"calendar&scale=week&day={soon}", "kanban", "list"):
        assert "b 1234xyz" in people.get(f"/vehicles/?v={way}").text, way
    assert "b 1234xyz" not in people.get("/vehicles/?f=sold").text
    board = text_of(people.get("/vehicles/?v=kanban"))
    assert board.index("Lorry") < board.index("b 1234xyz")
    pk = made.url.path.split("/")[2]
    people.post(f"/talk/armada.vehicle/{pk}/", body="Serviced at Auto2000", to="note")
    assert "Serviced at Auto2000" in people.get(made.url.path).text
    road_tax_is_paid_and_due_again(people, made.url.path, soon)
    it_speaks_indonesian(people, made.url.path)


def road_tax_is_paid_and_due_again(people, record, soon):
    """By the button of the module's own page, and by the form of its screen."""
    pk = record.split("/")[2]
    assert "b 1234xyz" in people.get("/armada/").text
    assert "No road tax is due" in people.post(f"/armada/{pk}/renew/").text
    assert send(people, record, tax_due_date=soon).status_code == 200
    assert "b 1234xyz" in people.get("/armada/").text


def it_speaks_indonesian(people, record):
    """The same pages for whoever reads Indonesian."""
    people.post("/language/", language="id", next="/vehicles/")
    page = text_of(people.get("/vehicles/"))
    for word in ("<title>Kendaraan · Niaga</title>", "Nomor polisi", "Truk", "Beroperasi"):
        assert word in page, word
    page = text_of(people.get(record))
    for word in ("Pajak sudah dibayar", "Jual", "Merek dan model", "Jatuh tempo pajak"):
        assert word in page, word
    assert "<title>Pajak kendaraan · Niaga</title>" in people.get("/armada/").text
    people.post("/language/", language="en", next="/vehicles/")


def a_sale_is_asked_for_in_a_window(people, pk, buyer):
    """The button opens a window that asks to whom, and leads back to what was sold."""
    record = f"/vehicles/{pk}/"
    window = send(people, record, _do="action_ask_sale")
    assert (window.url.path, "<h1>Sell vehicles</h1>" in window.text) == (
        "/do/armada.vehicle.sale/",
        True,
    )
    address = f"{window.url.path}?{window.url.query.decode()}"
    refused = send(people, address, price="90000000", _do="sell")
    assert refused.status_code == 422
    sold = send(people, address, buyer_id=buyer, price="90000000", _do="sell")
    assert sold.url.path == record
    assert "90,000,000" in sold.text
    assert 'name="plate"' not in sold.text


def people_keep_things(house, people):
    """A search, columns, columns of a file, an import taken in; and on the contacts what speaks of the fleet."""
    people.post("/vehicles/favourites/?g=kind_id", name="By kind", shared="1")
    people.post("/vehicles/columns/", column=["plate", "kind_id", "tax_due_date"])
    people.post("/vehicles/export/", do="keep", name="Plates", column=["plate", "kind_id"])
    rows = "Plate;Make and model;Kind;Road tax due on\nF 1 AA;Honda;Car;2031-05-01\n"
    sent = people.post("/vehicles/import/", files={"file": ("fleet.csv", rows.encode())})
    columns = ("plate", "description", "kind_id", "tax_due_date")
    mapping = {f"column-{at}": name for at, name in enumerate(columns)}
    people.post(sent.url.path, do="take", **mapping)
    house.wait_until(lambda: house.ask("SELECT state, made FROM base_importbatch") == [("done", 1)])
    query = urlencode({"d": GONE_LATER})
    people.post(f"/contacts/favourites/?{query}", name="Drivers", default="1")
    people.post("/contacts/columns/", column=["complete_name", "driving_licence", "vehicle_ids"])
    page = people.get("/contacts/")
    assert (page.status_code, "Licence number" in page.text) == (200, True)


def contacts_open_as_before(people):
    """What is kept of the contacts and speaks of fields that are gone shuts nobody out."""
    page = people.get("/contacts/")
    assert (page.status_code, "does not fit any more" in page.text) == (200, True)
    assert "Licence number" not in page.text
    for way in ("kanban", "pivot", "graph"):
        assert people.get(f"/contacts/?all=1&v={way}").status_code == 200
    assert people.get("/home/").status_code == 200
    for gone in (
        "/vehicles/",
        "/vehicles/new/",
        "/vehicle-kinds/",
        "/armada/",
        "/do/armada.vehicle.sale/",
    ):
        assert people.get(gone).status_code == 404, gone
