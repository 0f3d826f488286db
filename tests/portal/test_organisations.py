"""Keeping the register of bodies: who may, what a file would do, and that nothing is done by half."""

import datetime
import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from accounts.finding import await_body
from accounts.importing import read
from accounts.models import Organisation, Role
from activity import clock
from activity.models import Event
from mutuals_portal.organisations import actions
from mutuals_portal.organisations.plans import plan
from proposals.draft import actions as draft
from proposals.draft.models import Proposal
from tests.factories import OrganisationFactory, somebody

LIST = "/organisations/"
AWAITED = "/organisations/awaited/"
FILE = "/organisations/import/"
NEW = "/organisations/new/"


@pytest.fixture
def keeper(client, db):
    user = somebody(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def upload(client, *lines):
    content = "\n".join(lines).encode()
    return client.post(FILE, {"file": SimpleUploadedFile("bodies.csv", content)})


def carried(page):
    text = page.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("sheet", "shown")
    }


def edit(client, address, typed):
    """Change a body from the page as it is drawn now."""
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(address).content.decode())[1]
    return client.post(address, typed | {"seen": seen})


def rows():
    return list(Organisation.objects.order_by("pk").values())


PAGES = [LIST, AWAITED, NEW, FILE, "/organisations/fens/edit/", "/organisations/night/same/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.COORDINATOR)]
)
def test_nobody_else_reads_or_changes_the_register(client, role, address):
    OrganisationFactory(slug="fens")
    await_body("Night")
    before = rows()
    assert client.get(address).status_code == 302
    client.force_login(somebody(role))
    assert client.get(address).status_code == 403
    assert client.post(address, {"name": "x", "kind": "other", "same": "fens"}).status_code in (
        403,
        405,
    )
    assert rows()[: len(before)] == before


@pytest.mark.django_db
def test_a_coordinator_keeps_bodies_but_brings_in_no_file(client):
    client.force_login(somebody(Role.COORDINATOR))
    assert client.get(LIST).status_code == 200
    assert client.get(NEW).status_code == 200
    assert client.get(FILE).status_code == 403


def test_the_list_is_filtered_by_kind_and_searched_by_name(client, keeper):
    OrganisationFactory(name="Fens Trust")
    OrganisationFactory(name="Wash College", kind="college")
    assert "Wash College" not in client.get(LIST, {"kind": "nhs-trust"}).content.decode()
    words = client.get(LIST, {"q": "wsah colege"}).content.decode()
    assert "Wash College" in words
    assert "Fens Trust" not in words
    assert "Nothing matches" in client.get(LIST, {"q": "xylophone"}).content.decode()
    assert client.get(LIST, {"kind": "castle", "after": "x"}).status_code == 200


def test_what_a_file_would_do_is_shown_and_nothing_is_done(client, keeper):
    OrganisationFactory(name="Fens Trust", slug="fens", kind="nhs-trust", mail_domains=[])
    before = rows()
    page = upload(
        client,
        "name,slug,kind,mail_domains",
        "Fens Trust,fens,nhs-trust,fens.nhs.uk",
        "Wash College,,college,",
    )
    words = page.content.decode()
    assert "To be added: 1. To be changed: 1. As they are already: 0." in words
    assert "Wash College" in words
    assert "</span>fens.nhs.uk</ins>" in words
    assert rows() == before
    assert not Event.objects.exists()


def test_what_was_shown_is_done_on_another_press_once(client, keeper):
    OrganisationFactory(name="Fens PCT", slug="fens", kind="pct", mail_domains=["fens.nhs.uk"])
    page = upload(
        client,
        "name;slug;kind;successor;ends_on",
        "Fens PCT;fens;pct;wash;1/4/2013",
        "Wash Trust;wash;nhs-trust;;",
    )
    done = client.post(FILE, carried(page), follow=True)
    assert "1 body was added, 1 was changed." in done.content.decode()
    fens = Organisation.objects.get(slug="fens")
    assert (fens.successor.slug, fens.ends_on) == ("wash", datetime.date(2013, 4, 1))
    assert fens.mail_domains == ["fens.nhs.uk"]
    assert Event.objects.filter(kind="organisation.bring_in").count() == 2
    again = client.post(FILE, carried(page))
    assert again.status_code == 409
    assert "As they are already: 2." in again.content.decode()
    assert Event.objects.filter(kind="organisation.bring_in").count() == 2


def test_when_the_register_changed_meanwhile_nothing_is_done_and_it_is_shown_anew(client, keeper):
    page = upload(client, "name,slug,kind", "Wash College,wash,college")
    OrganisationFactory(name="Wash", slug="wash", kind="school")
    before = rows()
    again = client.post(FILE, carried(page))
    assert again.status_code == 409
    assert "The register has changed since you looked" in again.content.decode()
    assert rows() == before
    assert client.post(FILE, carried(again)).status_code == 302
    assert Organisation.objects.get(slug="wash").kind == "college"


@pytest.mark.parametrize(
    ("lines", "row", "column", "words"),
    [
        (["Fens,fens,pct,nowhere,2013-04-01,"], 2, "successor", "No body has the short name"),
        (["Fens,fens,pct,,,nowhere"], 2, "department", "No body has the short name"),
        (["Fens,fens,pct,,,trust"], 2, "department", "no government department"),
        (["Fens,fens,pct,trust,,"], 2, "ends_on", "Say when it ended"),
        (["Fens,fens,pct,fens,2013-04-01,"], 2, "successor", "in a ring"),
        (["Fens,fens,pct,b,2013-04-01,", "B,b,pct,fens,2013-04-01,"], 3, "successor", "in a ring"),
        (["New,trust,pct,old,2014-04-01,"], 2, "successor", "in a ring"),
        (["Old,old,pct,,2001-01-01,"], 2, "ends_on", "ends before it starts"),
        (["Twin,,pct,,,"], 2, "slug", "Several bodies have this name"),
        (["Night,night,pct,,,"], 2, "slug", "awaits adding"),
    ],
)  # fmt: skip
def test_a_mistake_anywhere_is_named_and_nothing_of_the_file_is_done(
    client, keeper, lines, row, column, words
):
    trust = OrganisationFactory(name="Trust", slug="trust")
    OrganisationFactory(
        name="Old",
        slug="old",
        successor=trust,
        starts_on=datetime.date(2002, 4, 1),
        ends_on=datetime.date(2013, 4, 1),
    )
    OrganisationFactory(name="Twin"), OrganisationFactory(name="Twin")
    await_body("Night")
    before = rows()
    page = upload(
        client, "name,slug,kind,successor,ends_on,department", *lines, "Good,good,other,,,"
    )
    text = " ".join(page.content.decode().split())
    assert "Nothing was brought in" in text
    assert f"Row {row}</span></th>" in text
    assert words in text
    assert f"<div>{column}</div>" in text
    assert rows() == before


def test_a_sealed_file_that_is_not_ours_is_refused(client, keeper):
    page = client.post(FILE, {"sheet": "x:forged", "shown": "x"})
    assert "That page did not load whole" in page.content.decode()
    assert client.post(FILE, {}).status_code == 200
    assert client.post(FILE, {"sheet": "", "shown": ""}).status_code == 200


def test_what_a_file_says_is_shown_harmlessly(client, keeper):
    words = upload(client, "name,kind", "<i>canary</i>,other").content.decode()
    assert "<i>canary" not in words
    assert "&lt;i&gt;canary" in words


@pytest.mark.slow
def test_five_thousand_bodies_come_in_at_once(client, keeper):
    page = upload(client, "name,kind", *(f"Body {n} of all,other" for n in range(5_000)))
    assert "The first 100 are shown." in page.content.decode()
    assert client.post(FILE, carried(page)).status_code == 302
    assert Organisation.objects.filter(name__endswith="of all").count() == 5_000


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_are_done_one_after_the_other():
    sheet = read(b"name,slug,kind\nFens,fens,pct\nWash,wash,pct")
    shown, by = plan(sheet.rows).mark, somebody(Role.ADMINISTRATOR)
    ends = []

    def press():
        try:
            actions.bring_in(rows=sheet.rows, shown=shown, by=by)
            ends.append("done")
        except actions.Changed:
            ends.append("changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ends) == ["changed", "done"]
    assert Organisation.objects.filter(slug__in=["fens", "wash"]).count() == 2


WHOLE = {"name": "Fens Trust", "kind": "nhs-trust", "nation": "england", "press": "save"}
HEAD_OF_PEOPLE = {"contact_post": "Head of people", "contact_address": "people@fens.nhs.uk"}


def test_a_body_is_added_and_changed(client, keeper):
    assert client.post(NEW, WHOLE | {"mail_domains": "fens.nhs.uk\nb.nhs.uk"}).status_code == 302
    body = Organisation.objects.get(name="Fens Trust")
    assert (body.slug, body.mail_domains) == ("fens-trust", ["fens.nhs.uk", "b.nhs.uk"])
    address = reverse("accounts:organisation_edit", args=[body.slug])
    now = OrganisationFactory(name="Wash Trust")
    found = client.post(address, WHOLE | {"successor_words": "wash", "press": "find"})
    assert f'value="{now.slug}"' in found.content.decode()
    ended = {"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2013"}
    edit(client, address, WHOLE | ended | {"other_names": "The Fens", "successor": now.slug})
    body.refresh_from_db()
    assert (body.successor, body.ends_on, body.other_names) == (
        now,
        datetime.date(2013, 4, 1),
        ["The Fens"],
    )
    assert list(Event.objects.values_list("kind", flat=True).order_by("pk")) == [
        "organisation.add",
        "organisation.edit",
    ]


def test_of_two_who_change_a_body_the_second_sees_what_the_first_saved(client, keeper):
    body = OrganisationFactory(name="Fens", slug="fens", kind="nhs-trust")
    address = "/organisations/fens/edit/"
    drawn = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', drawn)[1]
    edit(client, address, WHOLE | HEAD_OF_PEOPLE | {"name": "Fens", "mail_domains": "fens.nhs.uk"})

    late = client.post(address, WHOLE | {"name": "Fens of mine", "seen": seen})

    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody changed this after you opened the page" in page
    assert ">fens.nhs.uk</dd>" in page
    assert 'value="Fens of mine"' in page
    body.refresh_from_db()
    assert (body.name, body.contact_post) == ("Fens", "Head of people")
    # Having seen both, they may save what they typed.
    again = re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]
    assert client.post(address, WHOLE | {"name": "Mine", "seen": again}).status_code == 302
    body.refresh_from_db()
    assert (body.name, body.mail_domains) == ("Mine", [])


def test_a_body_is_not_changed_by_a_page_that_says_not_what_it_showed(client, keeper):
    OrganisationFactory(name="Fens", slug="fens")
    assert client.post("/organisations/fens/edit/", WHOLE).status_code == 409
    assert Organisation.objects.filter(name="Fens").exists()


def test_of_two_who_answer_a_name_the_second_is_told(keeper, client):
    real, other = OrganisationFactory(), OrganisationFactory()
    awaited = await_body("The Wash")
    actions.answer(awaited=awaited, same=real, by=keeper)
    with pytest.raises(actions.Overtaken):
        actions.answer(awaited=awaited, same=other, by=keeper)
    awaited.refresh_from_db()
    assert awaited.successor == real


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter its name"),
        ({"kind": ""}, "Choose what kind of body it is"),
        ({"mail_domains": "nonsense"}, "is no domain"),
        ({"successor": "wash"}, "Enter when it ended"),
        ({"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2013",
          "starts_on-day": "1", "starts_on-month": "4", "starts_on-year": "2013"},
         "The end must be after the beginning"),
        ({"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2013", "successor": "heir"},
         "was succeeded by this one"),
        ({"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2013", "successor": "fens"},
         "was succeeded by this one"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_what_was_typed_stays(client, keeper, typed, words):
    fens = OrganisationFactory(name="Fens", slug="fens")
    OrganisationFactory(slug="wash")
    OrganisationFactory(slug="heir", successor=fens, ends_on=datetime.date(2012, 4, 1))
    page = client.post("/organisations/fens/edit/", WHOLE | typed)
    assert page.status_code == 200
    assert words in page.content.decode()
    fens.refresh_from_db()
    assert fens.name == "Fens"


def test_a_contact_is_kept_with_the_body_and_nobody_else_reads_it(client, keeper):
    kept = WHOLE | HEAD_OF_PEOPLE | {"mail_domains": "fens.nhs.uk"}
    assert client.post(NEW, kept).status_code == 302
    body = Organisation.objects.get(name="Fens Trust")
    assert (body.contact_post, body.contact_address) == tuple(HEAD_OF_PEOPLE.values())
    address = reverse("accounts:organisation_edit", args=[body.slug])
    assert "people@fens.nhs.uk" in client.get(address).content.decode()
    client.force_login(somebody(Role.REVIEWER))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"contact_address": "people@elsewhere.example"}, "at one of the domains of its mail"),
        ({"contact_address": "people@fens.nhs.uk.evil.example"}, "at one of the domains"),
        ({"mail_domains": ""}, "at one of the domains of its mail"),
        ({"contact_post": ""}, "Enter the post of whoever reads mail"),
        ({"contact_address": ""}, "Enter the address at which that post is reached"),
        ({"contact_address": "people"}, "Enter an e-mail address like name@example.org"),
    ],
)
def test_a_contact_is_a_post_with_an_address_at_the_body_itself(client, keeper, typed, words):
    page = client.post(NEW, WHOLE | {"mail_domains": "fens.nhs.uk"} | HEAD_OF_PEOPLE | typed)
    assert words in page.content.decode()
    assert not Organisation.objects.filter(name="Fens Trust").exists()


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ("Head of people,people@else.example,", "contact_address", "one of the domains"),
        ("Head of people,,", "contact_address", "Enter the address"),
        (",people@fens.nhs.uk,", "contact_post", "Enter the post"),
        (",,else.example", None, ""),
    ],
)
def test_a_file_brings_no_contact_whose_mail_the_body_does_not_read(
    client, keeper, cells, column, words
):
    OrganisationFactory(slug="fens", mail_domains=["fens.nhs.uk"])
    page = upload(
        client,
        "name,slug,kind,contact_post,contact_address,mail_domains",
        f"Fens Trust,fens,nhs-trust,{cells}",
    )
    text = page.content.decode()
    assert ("Nothing was brought in" in text) is (column is not None)
    assert words in text


def test_a_file_cannot_move_a_bodys_domains_away_from_its_contact(client, keeper):
    OrganisationFactory(slug="fens", mail_domains=["fens.nhs.uk"], **HEAD_OF_PEOPLE)
    text = upload(client, "name,slug,kind,mail_domains", "Fens,fens,pct,else.example")
    assert "<div>contact_address</div>" in text.content.decode()


def test_a_contact_comes_in_by_a_file(client, keeper):
    OrganisationFactory(slug="fens", mail_domains=["fens.nhs.uk"])
    page = upload(
        client,
        "name,slug,kind,contact_post,contact_address",
        "Fens,fens,pct,Head of people,people@fens.nhs.uk",
    )
    client.post(FILE, carried(page))
    assert Organisation.objects.get(slug="fens").contact_address == "people@fens.nhs.uk"


def test_djangos_admin_refuses_a_contact_elsewhere_too():
    body = Organisation(slug="x", name="X", kind="pct", contact_post="Head", mail_domains=["x.uk"])
    body.contact_address = "head@x.uk"
    body.clean()
    body.contact_address = "head@y.uk"
    with pytest.raises(ValidationError):
        body.clean()


def test_each_form_asks_for_a_body_in_its_own_words(client, keeper):
    OrganisationFactory(slug="fens")
    await_body("Night")
    edit = client.get("/organisations/fens/edit/").content.decode()
    same = client.get("/organisations/night/same/").content.decode()
    assert "What took its place?" in edit
    assert "Which body do they mean?" in same
    assert "do you work for" not in edit + same


def test_a_body_cannot_be_deleted(client, keeper):
    OrganisationFactory(slug="fens")
    assert client.delete("/organisations/fens/edit/").status_code == 405
    assert client.get("/organisations/nowhere/edit/").status_code == 404


def test_names_that_await_adding_are_listed_without_who_typed_them(client, keeper):
    lead = somebody()
    draft.create(title="Canary title", employer=await_body("The Wash Rescue"), by=lead)
    assert "1 name awaits adding" in client.get(LIST).content.decode()
    words = client.get(AWAITED).content.decode()
    assert "The Wash Rescue" in words
    assert "Canary title" not in words
    assert lead.name not in words
    assert "The Wash Rescue" not in client.get(LIST, {"q": "wash rescue"}).content.decode()


def test_a_name_is_added_to_the_register_and_is_then_found(client, keeper):
    proposal = draft.create(title="T", employer=await_body("The Wash Rescue"), by=somebody())
    edit(client, "/organisations/the-wash-rescue/edit/", WHOLE | {"name": "Wash Rescue Service"})
    proposal.refresh_from_db()
    assert (proposal.employer.name, proposal.employer.is_awaited) == ("Wash Rescue Service", False)
    assert proposal.employer.other_names == ["The Wash Rescue"]
    # Saved again, the draft names the same body and not one more.
    assert await_body("The Wash Rescue") == proposal.employer
    assert not Organisation.objects.awaited().exists()


def test_a_name_that_means_a_body_of_ours_is_answered_and_every_record_follows(client, keeper):
    real = OrganisationFactory(name="Wash Rescue Service", mail_domains=["wash.example"])
    draft.create(title="T", employer=await_body("The Wash"), by=somebody())
    address = "/organisations/the-wash/same/"
    assert f'value="{real.slug}"' in client.get(address).content.decode()
    assert client.post(address, {"same_words": "wash", "same": ""}).status_code == 200
    assert client.post(address, {"same_words": "wash", "same": real.slug}).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.employer == real
    assert proposal.employer.owns_address("boss@wash.example")
    assert not Organisation.objects.awaited().exists()
    assert client.get(address).status_code == 404
    assert client.get("/organisations/the-wash/edit/").status_code == 302
    assert await_body("the wash") == real


def test_a_name_that_means_nothing_is_set_aside(client, keeper):
    await_body("Nonsense")
    client.post("/organisations/nonsense/same/", {"same": "not-listed"})
    body = Organisation.objects.get(slug="nonsense")
    assert (body.successor, body.ends_on) == (None, clock.today())
