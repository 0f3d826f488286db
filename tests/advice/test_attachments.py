"""Files that go with words: who gets them and when, what is refused, what a virus leaves."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from activity.models import Notification
from activity.models.documents import Scan
from activity.workflow import MovedOn
from advice import tasks
from advice.answers import actions as answers
from advice.answers import drafts
from advice.answers.attaching import actions
from advice.intake import actions as intake
from advice.intake import attaching, mail
from advice.intake.models import Attachment, AttachmentPiece, Message
from advice.queue import actions as queue
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    gone,
    held,
    holder,
    link,
    provider,
    somebody,
)
from tests.at_once import at_once
from tests.clamd import VIRUS, running
from tests.proposals.documents import PDF, PROGRAM, body, sent, upload

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def user(client):
    user = adviser()
    client.force_login(user)
    return user


def at(made, name="attach", *more):
    return reverse(f"advice:{name}", args=[made.reference, *more])


def attached(made, by, name="plan.pdf", content=PDF, once=None):
    once = once or uuid.uuid4()
    return actions.attach(enquiry=made, file=sent(name, content), title="", once=once, by=again(by))


def reply(made, user):
    words = {"words": "Here it is.", "once": uuid.uuid4(), "seen": made.revision}
    return answers.reply(enquiry=made, **words, by=again(user))


def asked_with(made, name="plan.pdf", content=PDF):
    said = {"words": "See this.", "once": uuid.uuid4(), "by": holder(made)}
    intake.add(enquiry=made, **said, file=sent(name, content))
    return Attachment.objects.get(enquiry=made, added_by=None)


def content(response):
    return b"".join(response.streaming_content)


def test_an_adviser_attaches_takes_out_and_sends(client, user):
    made = held(user)
    words = {"words": "Half", "seen": made.revision, "once": str(uuid.uuid4()), "press": "attach"}
    assert client.post(at(made, "reply"), words).url == at(made)
    form = {"file": upload(), "title": "The plan", "once": str(uuid.uuid4())}
    for _ in range(2):
        form["file"] = upload()
        assert client.post(at(made), form, **SCRIPT).json() == {"then": at(made)}
    extra = attached(made, user, "extra.txt", b"More.")
    page = client.get(at(made)).content.decode()
    assert "The plan" in page
    assert "2 files go with it" in client.get(at(made, "reply")).content.decode()
    for _ in range(2):
        assert client.post(at(made, "detach", extra.key)).url == at(made)
    reply(made, user)
    (kept,) = Attachment.objects.all()
    assert kept.message == Message.objects.get(author=user)
    page = client.get(at(made, "enquiry")).content.decode()
    assert at(made, "attachment", kept.key) in page
    got = client.get(at(made, "attachment", kept.key))
    assert content(got) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"


def test_the_enquirer_gets_it_once_the_reply_has_gone_and_with_proof_alone(client, user):
    made = held(user)
    kept = attached(made, user)
    reply(made, user)
    client.logout()
    token, other = link(client, made), link(client, held(adviser()))
    path = reverse("advice:my_attachment", args=[token, kept.key])
    assert client.get(path).status_code == 404
    with gone():
        assert path in client.get(f"/advice/e/{token}/").content.decode()
        assert content(client.get(path)) == PDF
        elsewhere = reverse("advice:my_attachment", args=[other, kept.key])
        assert client.get(elsewhere).status_code == 404
        unproved = link(type(client)(), made, proved=False)
        stranger = reverse("advice:my_attachment", args=[unproved, kept.key])
        assert not hasattr(type(client)().get(stranger), "streaming_content")


def test_what_is_not_sent_is_its_authors_alone(client, user):
    made = held(user)
    kept = attached(made, user)
    assert content(client.get(at(made, "attachment", kept.key))) == PDF
    for reader in (adviser(), advice_lead(), adviser(provider("co-operatives-uk"))):
        client.force_login(reader)
        assert client.get(at(made, "attachment", kept.key)).status_code == 404
        assert client.post(at(made, "detach", kept.key)).status_code in (302, 404)
    client.force_login(somebody(Role.REVIEWER, employer()))
    assert client.get(at(made, "attachment", kept.key)).status_code == 403
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_taken_back_with_the_reply_it_goes_with_the_next_one(user):
    made = held(user)
    kept = attached(made, user)
    reply(made, user)
    once = Message.objects.get(author=user).once
    answers.undo_reply(enquiry=made, once=once, by=again(user))
    kept.refresh_from_db()
    assert kept.message is None
    made.refresh_from_db()
    reply(made, user)
    kept.refresh_from_db()
    assert kept.message == Message.objects.get(author=user)


def test_thrown_away_with_the_draft_it_is_gone(user):
    made = held(user)
    attached(made, user)
    drafts.discard(enquiry=made, by=again(user))
    assert not Attachment.objects.exists()
    assert not AttachmentPiece.objects.exists()


def test_the_enquirer_sends_one_and_the_provider_alone_gets_it(client, user):
    made = held(user)
    client.logout()
    token = link(client, made)
    once = str(uuid.uuid4())
    for _ in range(2):
        said = {"words": "See this.", "once": once, "file": upload()}
        then = {"then": f"/advice/e/{token}/"}
        assert client.post(f"/advice/e/{token}/add/", said, **SCRIPT).json() == then
    (kept,) = Attachment.objects.all()
    assert (kept.added_by, kept.message.words) == (None, "See this.")
    for reader, status in (
        (user, 200),
        (adviser(), 200),
        (adviser(provider("co-operatives-uk")), 404),
    ):
        client.force_login(reader)
        assert client.get(at(made, "attachment", kept.key)).status_code == status


@pytest.mark.parametrize(
    ("name", "what", "sentence"),
    [
        ("run.exe", PROGRAM, "There is a problem"),
        ("plan.pdf", PROGRAM, "There is a problem"),
        ("empty.pdf", b"", "The file is empty"),
        ("a\u202efdp.exe\x00.txt", PROGRAM, "There is a problem"),
    ],
)
def test_what_is_no_document_is_refused_on_both_sides(client, user, name, what, sentence):
    made = held(user)
    token = link(client, made)
    addresses = {at(made): {"once": uuid.uuid4()}}
    addresses[f"/advice/e/{token}/add/"] = {"once": uuid.uuid4(), "words": "Kept words"}
    for address, fields in addresses.items():
        sending = body(fields, name, what)
        answer = client.post(address, sending, content_type="multipart/form-data; boundary=X")
        assert sentence in answer.content.decode()
    assert b"Kept words" in answer.content
    assert not Attachment.objects.exists()
    assert not Message.objects.filter(words="Kept words").exists()


def test_there_are_at_most_so_many(client, user, monkeypatch):
    made = held(user)
    for number in range(attaching.MOST):
        attached(made, user, "n.txt", str(number).encode())
    form = {"file": upload(), "once": str(uuid.uuid4())}
    assert b"There are 5 files already" in client.post(at(made), form).content
    monkeypatch.setattr(attaching, "MOST_OF_ENQUIRER", 1)
    asked_with(made)
    token = link(client, made)
    said = {"words": "More", "once": str(uuid.uuid4()), "file": upload("b.txt", b"b")}
    answer = client.post(f"/advice/e/{token}/add/", said)
    assert b"There are 1 files already" in answer.content
    assert not Message.objects.filter(words="More").exists()


def test_a_name_and_a_title_are_words_for_a_page(client, user):
    made = held(user)
    form = {"title": "<b>t</b>\x00", "once": uuid.uuid4()}
    sending = body(form, "../<b>x\u202e.txt", b"Words.")
    client.post(at(made), sending, content_type="multipart/form-data; boundary=X")
    page = client.get(at(made)).content
    assert b"&lt;b&gt;x.txt" in page
    assert b"<b>" not in page


def test_no_one_attaches_to_what_they_cannot_answer(client, user):
    made = held(user)
    with pytest.raises(PermissionDenied, match="has this one"):
        attached(made, adviser())
    intake.withdraw(enquiry=made, seen=made.revision, by=holder(made))
    form = {"file": upload(), "once": str(uuid.uuid4())}
    assert client.post(at(made), form).status_code == 409
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("required", [False, True])
def test_what_is_not_scanned_goes_across_the_line_only_where_it_may(
    client, user, settings, required
):
    settings.REQUIRE_SCAN = required
    made = held(user)
    theirs = asked_with(made)
    made.refresh_from_db()
    ours = attached(made, user)
    reply(made, user)
    token = link(client, made)
    with gone():
        across = [
            client.get(at(made, "attachment", theirs.key)),
            client.get(reverse("advice:my_attachment", args=[token, ours.key])),
        ]
        at_home = [
            client.get(at(made, "attachment", ours.key)),
            client.get(reverse("advice:my_attachment", args=[token, theirs.key])),
        ]
    assert {answer.status_code for answer in across} == {409 if required else 200}
    assert {answer.status_code for answer in at_home} == {200}


@pytest.mark.slow
def test_a_virus_takes_the_content_and_the_page_says_so(client, user, settings):
    made = held(user)
    with running() as (_found, settings.CLAMD_URL):
        bad, good = asked_with(made, content=PDF + VIRUS), attached(made, user)
        assert client.get(at(made, "attachment", bad.key)).status_code == 409
        tasks.scan_attachments()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.scan, good.scan) == (Scan.INFECTED, Scan.CLEAN)
    assert not AttachmentPiece.objects.filter(document=bad).exists()
    assert bad.is_intact()
    assert good.is_intact()
    assert b"Ask for it again, after a check" in client.get(at(made, "enquiry")).content


def test_of_a_virus_its_sender_and_whoever_holds_the_enquiry_hear_once(client, user):
    """No colleague hears of it, and no address that an employer reads."""
    other, colleague, body = adviser(), adviser(), employer()
    made, watched = held(user), held(user, employer=body, email="jo@leicester.example")
    own = attached(made, user, "own.pdf")
    made.refresh_from_db()
    handed = {"to": other, "reason": "r", "once": uuid.uuid4(), "seen": made.revision}
    queue.hand_over(enquiry=made, **handed, by=again(user))
    theirs, secret = asked_with(made), asked_with(watched, "b.pdf")
    Notification.objects.all().delete()
    for document in (own, theirs, secret) * 2:
        Attachment.objects.filter(pk=document.pk, scan=Scan.NOT_SCANNED).update(scan=Scan.WAITING)
        attaching.mark_infected(document)
    told = Notification.objects.filter(kind="enquiry.attachment_infected")
    assert sorted(told.values_list("subject_id", "user")) == sorted(
        [(made.pk, user.pk), (made.pk, other.pk), (made.pk, other.pk), (watched.pk, user.pk)]
    )
    (asked,) = Notification.objects.filter(kind="enquiry.send_again")
    assert asked.address == watched.contact.email
    assert mail.guard(asked, watched) == "employer-domain"
    client.force_login(other)
    page = mail.address(told.filter(user=other)[0], made)
    assert "Ask for it again" in client.get(page).content.decode()
    client.force_login(colleague)
    assert "virus" not in client.get(reverse("activity:inbox")).content.decode()
    unsent = attached(watched, user, "own.pdf")
    Attachment.objects.filter(pk=unsent.pk).update(scan=Scan.INFECTED)
    client.force_login(user)
    watched.refresh_from_db()
    page = client.get(mail.address(told.get(user=user, subject_id=watched.pk), watched))
    assert "then attach it again" in page.content.decode()
    token = link(client, made)
    page = client.get(f"/advice/e/{token}/").content.decode()
    assert "Check your computer for viruses, then send the file again" in page


def test_files_cost_no_query_of_their_own(client, user, django_assert_max_num_queries):
    made = held(user)
    asked_with(made)
    made.refresh_from_db()
    attached(made, user)
    for name in ("enquiry", "reply"):
        client.get(at(made, name))
        with django_assert_max_num_queries(10):
            client.get(at(made, name))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_file_added_while_the_reply_is_sent_goes_with_it_or_is_refused():
    user = adviser()
    made = held(user)
    kept, gone_out = at_once(lambda: attached(made, user), lambda: reply(made, user))
    assert type(gone_out).__name__ == "Enquiry"
    if isinstance(kept, Attachment):
        kept.refresh_from_db()
        assert kept.message == Message.objects.get(author=user)
    else:
        assert isinstance(kept, MovedOn)
