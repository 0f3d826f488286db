"""While the portal is worked on every page says until when, and nothing typed is lost."""

import pytest


@pytest.fixture(autouse=True)
def closed(settings):
    settings.MAINTENANCE = "from 6pm today"


@pytest.mark.parametrize("address", ["/", "/proposals/", "/nothing/"])
def test_every_page_says_until_when_without_the_database(client, address):
    page = client.get(address)
    assert page.status_code == 503
    assert page["Retry-After"] == "600"
    assert "You can use it again from 6pm today." in page.content.decode()


def test_what_was_sent_meanwhile_is_shown_to_copy(client):
    page = client.post("/advice/ask/", {"question": "May <b>we</b>?", "once": "f00d-f00d"})
    assert page.status_code == 503
    text = page.content.decode()
    assert "May &lt;b&gt;we&lt;/b&gt;?" in text
    assert "f00d-f00d" not in text


def test_probes_still_answer(client):
    assert client.get("/healthz").status_code == 200
