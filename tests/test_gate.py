"""What people and programs meet while the house is closed: 503, when to come back, and a page or a fault that says so."""

import xmlrpc.client

import pytest

from base.presence import door

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_house():
    """Nobody comes in."""
    door.close()
    yield
    door.open()


def told(response):
    return response.status_code, response["Retry-After"], response["Content-Type"].split(";")[0]


def test_people_get_a_page_in_their_language_that_comes_back_by_itself(client, closed_house):
    response = client.get("/home/", headers={"accept-language": "id"})
    assert told(response) == (503, "5", "text/html")
    assert response["Refresh"] == "5"
    assert "Mohon tunggu sebentar" in response.content.decode()


def test_a_form_is_not_sent_again_by_itself(client, closed_house):
    assert "Refresh" not in client.post("/accounts/login/", {"login": "x"})


@pytest.mark.parametrize("path", ["/jsonrpc", "/web/session/authenticate", "/web/dataset/call_kw"])
def test_programs_get_a_fault_of_json_rpc(client, closed_house, path):
    response = client.post(path, b"{}", content_type="application/json")
    assert told(response) == (503, "5", "application/json")
    assert response.json()["error"]["data"]["name"] == "werkzeug.exceptions.ServiceUnavailable"


def test_programs_get_a_fault_of_json_2(client, closed_house):
    response = client.post("/json/2/res.partner/search", b"{}", content_type="application/json")
    assert told(response) == (503, "5", "application/json")
    assert response.json()["name"] == "werkzeug.exceptions.ServiceUnavailable"


def test_programs_get_a_fault_of_xml_rpc(client, closed_house):
    response = client.post("/xmlrpc/2/object", b"<x/>", content_type="text/xml")
    assert told(response) == (503, "5", "text/xml")
    with pytest.raises(xmlrpc.client.Fault):
        xmlrpc.client.loads(response.content)


def test_health_says_that_it_is_closed(client, closed_house):
    response = client.get("/web/health")
    assert told(response) == (503, "5", "application/json")
    assert response.json()["status"] == "fail"


def test_files_for_the_browser_are_served_all_the_same(client, closed_house):
    assert client.get("/static/nothing.css").status_code == 404


def test_everybody_is_counted_in_and_out(client):
    assert client.get("/accounts/login/").status_code == 200
    assert client.post("/jsonrpc", b"nonsense", content_type="application/json").status_code < 500
    assert door.inside == 0
