"""Reviewers ask for changes; the team answers item by item, signs again, and sends a new version."""

import datetime
import html
import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock, delivery
from activity.models import Notification
from activity.workflow import MovedOn
from proposals import reference
from proposals.decision import actions as decision
from proposals.draft import actions as draft
from proposals.draft import openness, printing
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Change, Request, Section, Signature, Status, Version
from proposals.draft.questions import topic
from proposals.review import actions as review
from proposals.review import requests
from proposals.review.models import RequestDraft
from tests.at_once import at_once
from tests.factories import somebody
from tests.proposals import builders

CANARY = "canaryseventeen"
BY = datetime.date(2099, 3, 31)
SEND = {"answer_by-day": "31", "answer_by-month": "3", "answer_by-year": "2099"}


def address(name, proposal, *more):
    return reverse(f"proposals:{name}", args=[proposal.reference, *more])


def words(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


@pytest.fixture
def asked(stored, case, staff):
    """Sent back with a request about each of two pages."""
    return stored(builders.ask_changes, case, staff, ("quality", "worse"), ("staff", "worries"))


def page_of(section, page):
    about = topic(section)
    return about, about.page(page)


def save(proposal, by, typed, section="quality", page="worse"):
    about, asked = page_of(section, page)
    kept = Section.objects.get(proposal=proposal, key=section).answers
    form = asked.form({**kept, **typed})
    return draft.save_page(proposal, about, asked, form, seen=mark_of(kept, asked), by=by)


class TestDrafting:
    def test_a_request_is_drafted_changed_and_taken_out(self, client, case, staff):
        client.force_login(staff.reviewer)
        page = client.get(address("ask", case))
        assert "Nothing drafted." in words(page)
        typed = {"place": "quality/worse", "wanted": "Say how long both systems run."}
        for _ in range(2):
            client.post(
                address("ask", case), typed | {"once": page.context["form"]["once"].value()}
            )

        drafted = RequestDraft.objects.get()
        assert "What could get worse" in words(client.get(address("ask", case)))
        change = address("ask_change", case, drafted.key)
        assert "how long both" in words(client.get(change))
        client.post(change, {"place": "staff/talks", "wanted": "More talks.", "seen": "0"})
        drafted.refresh_from_db()
        assert (drafted.section, drafted.page, drafted.wanted) == ("staff", "talks", "More talks.")

        remove = address("ask_remove", case, drafted.key)
        assert "More talks." in words(client.get(remove))
        client.post(remove, {"seen": "0"})
        assert RequestDraft.objects.exists()
        client.post(remove, {"seen": "1"})
        assert not RequestDraft.objects.exists()
        assert client.get(change).status_code == 404

    def test_of_two_who_change_one_the_second_sees_both(self, client, case, staff):
        drafted = builders.draft_request(case, staff.reviewer)
        other = somebody("reviewer")
        builders.declare_none(case, other)
        typed = {"section": "quality", "page": "worse", "wanted": "Theirs."}
        requests.redraft(request=drafted, **typed, seen=0, by=other)
        client.force_login(staff.reviewer)
        change = address("ask_change", case, drafted.key)

        clash = client.post(change, {"place": "quality/worse", "wanted": "Mine.", "seen": "0"})

        assert clash.status_code == 409
        assert "Theirs." in words(clash)
        assert "Mine." in words(clash)
        seen = clash.context["form"]["seen"].value()
        client.post(change, {"place": "quality/worse", "wanted": "Mine.", "seen": seen})
        drafted.refresh_from_db()
        assert drafted.wanted == "Mine."

    @pytest.mark.parametrize(
        "typed",
        [
            {"place": "", "wanted": "More."},
            {"place": "quality/none", "wanted": "More."},
            {"place": "quality/worse", "wanted": " "},
            {"place": "quality/worse", "wanted": "word " * 151},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_kept(self, client, case, staff, typed):
        client.force_login(staff.reviewer)
        once = client.get(address("ask", case)).context["form"]["once"].value()
        page = client.post(address("ask", case), typed | {"once": once})
        assert "There is a problem" in words(page)
        assert not RequestDraft.objects.exists()

    def test_nobody_but_a_reviewer_of_the_case_drafts(self, client, case, people, staff):
        drafted = builders.draft_request(case, staff.reviewer)
        barred, silent = somebody("reviewer"), somebody("reviewer")
        review.declare(proposal=case, is_conflict=True, by=barred)
        pages = [
            address("ask", case),
            address("ask_changes", case),
            address("ask_change", case, drafted.key),
            address("ask_remove", case, drafted.key),
        ]
        for who, status in (
            (somebody(), 404),
            (people.lead, 404),
            (barred, 404),
            (silent, 302),
            (staff.decider, 403),
        ):
            client.force_login(who)
            for page in pages[1:]:
                assert client.get(page).status_code == status, (who, page)
            typed = {"place": "quality/worse", "wanted": "x", "once": "0" * 32}
            assert client.post(pages[0], typed).status_code == status
        for who in (barred, silent, people.lead, staff.decider):
            with pytest.raises(PermissionDenied):
                builders.draft_request(case, who)
            with pytest.raises(PermissionDenied):
                requests.undraft(request=drafted, seen=0, by=who)
        assert RequestDraft.objects.get() == drafted

    def test_a_decision_maker_reads_what_was_sent_and_no_drafts(self, client, asked, staff):
        client.force_login(staff.decider)
        page = words(client.get(address("ask", asked)))
        assert "2 requests are with the team" in page
        assert "Draft" not in page.split("<main")[1]

    def test_nothing_can_be_asked_before_it_was_submitted_or_after(self, case, staff):
        moved = builders.recommend(case, staff)
        with pytest.raises(MovedOn):
            builders.draft_request(moved, staff.reviewer)

    def test_drafts_are_seen_by_nobody_in_the_team(self, client, case, people, staff):
        builders.draft_request(case, staff.reviewer, wanted=f"Say more of wards {CANARY}.")
        delivery.deliver_waiting()
        printing.make_missing()
        client.force_login(people.lead)
        names = (
            *("proposal", "tasks", "answers", "print", "team", "history", "messages"),
            *("requests", "receipt", "versions_compare"),
        )
        pages = [address(name, case) for name in names] + [address("version", case, 1)]
        pages += ["/start/", "/inbox/", "/search/?q=wards"]
        for page in pages:
            answer = client.get(page, follow=True)
            assert CANARY not in answer.content.decode(), page
        assert client.get(address("request_answer", case, 1)).status_code == 404
        assert all(CANARY not in sent.body for sent in mail.outbox)
        assert CANARY not in str(list(Change.objects.values()))
        assert CANARY.encode() not in bytes(Version.objects.get().pdf.data)
        assert not openness.requests(case)


class TestSending:
    def test_all_at_once_as_one_step_with_one_message_and_the_clock_stopped(
        self, client, case, people, staff
    ):
        for number in range(3):
            builders.draft_request(case, staff.reviewer, wanted=f"Item {number}.")
        client.force_login(staff.reviewer)
        page = client.get(address("ask_changes", case))
        assert "Send 3 requests" in words(page)
        hidden = {name: page.context["form"][name].value() for name in ("seen", "shown")}

        sent = client.post(address("ask_changes", case), SEND | hidden)

        assert sent.url == address("case", case)
        moved = builders.again(case)
        assert (moved.status, moved.answer_by) == (Status.CHANGES_REQUESTED, BY)
        assert not RequestDraft.objects.exists()
        assert [(one.number, one.wanted) for one in moved.requests.all()] == [
            (1, "Item 0."),
            (2, "Item 1."),
            (3, "Item 2."),
        ]
        told = Notification.objects.filter(kind="proposal.ask_changes")
        assert {row.user for row in told} == set(vars(people).values())
        assert {row.due_on for row in told} == {BY}
        assert not Signature.objects.current().filter(proposal=case).exists()
        again = client.post(address("ask_changes", case), SEND | hidden)
        assert again.status_code == 409
        assert moved.requests.count() == 3

    def test_what_was_changed_since_the_page_was_drawn_is_not_sent(self, client, case, staff):
        drafted = builders.draft_request(case, staff.reviewer)
        client.force_login(staff.reviewer)
        page = client.get(address("ask_changes", case))
        hidden = {name: page.context["form"][name].value() for name in ("seen", "shown")}
        typed = {"section": "quality", "page": "worse", "wanted": "Other words."}
        requests.redraft(request=drafted, **typed, seen=0, by=staff.reviewer)

        sent = client.post(address("ask_changes", case), SEND | hidden, follow=True)

        assert "nothing was sent" in words(sent)
        assert builders.again(case).status == Status.ASSESSING

    @pytest.mark.parametrize("day", [{}, {"answer_by-day": "32"}, {"answer_by-year": "2020"}])
    def test_without_a_day_to_come_nothing_is_sent(self, client, case, staff, day):
        builders.draft_request(case, staff.reviewer)
        client.force_login(staff.reviewer)
        page = client.get(address("ask_changes", case))
        hidden = {name: page.context["form"][name].value() for name in ("seen", "shown")}
        typed = SEND | day if day else {}
        assert "There is a problem" in words(
            client.post(address("ask_changes", case), typed | hidden)
        )
        assert builders.again(case).status == Status.ASSESSING

    def test_with_nothing_drafted_there_is_nothing_to_send(self, client, case, staff):
        client.force_login(staff.reviewer)
        assert client.get(address("ask_changes", case)).url == address("ask", case)
        with pytest.raises(ValidationError, match="Draft at least one"):
            requests.ask_changes(
                proposal=case, answer_by=BY, shown="", seen=case.revision, by=staff.reviewer
            )

    def test_the_mail_says_nothing_of_what_is_asked(self, case, people, staff):
        builders.draft_request(case, staff.reviewer, wanted=f"Say more of {CANARY}.")
        requests.ask_changes(
            proposal=case,
            answer_by=BY,
            shown=requests.mark_of(list(RequestDraft.objects.all())),
            seen=case.revision,
            by=staff.reviewer,
        )
        delivery.deliver_waiting()
        sent = [one for one in mail.outbox if people.lead.email in one.to]
        assert sent
        assert all(CANARY not in one.body + one.subject for one in sent)


class TestWriting:
    def test_only_the_pages_that_were_asked_about_can_be_saved(self, asked, people):
        save(asked, people.editor, {"Q5": "We run both systems for three months."})
        kept = Section.objects.get(proposal=asked, key="quality")
        assert kept.answers["Q5"] == "We run both systems for three months."
        with pytest.raises(PermissionDenied, match="did not ask about this page"):
            save(asked, people.lead, {"Q4": "Other"}, page="better")
        for who in (people.viewer, somebody()):
            with pytest.raises(PermissionDenied):
                save(asked, who, {"Q5": "Theirs"})

    def test_a_page_by_hand_by_itself_and_row_by_row(self, client, asked, people):
        client.force_login(people.editor)
        closed = address("page", asked, "quality", "better")
        opened = address("page", asked, "quality", "worse")
        rows = address("page", asked, "service", "links")
        by_script = {"X-Requested-With": "autosave"}
        assert client.get(closed).url == address("section", asked, "quality")
        assert "What the reviewers ask" in words(client.get(opened))
        for page, typed in (
            (closed, {"Q4": CANARY}),
            (rows, {"S14-0-service": CANARY, "then": "add-S14"}),
        ):
            refused = client.post(page, typed | {"seen": "x"})
            assert refused.status_code == 403
            assert "did not ask about this page" in words(refused)
            told = client.post(page, typed | {"seen": "x"}, headers=by_script)
            assert told.status_code == 403
        assert not any(CANARY in str(row.answers) for row in Section.objects.all())

        mark = client.get(opened).context["mark"]
        went = client.post(opened, {"Q5": "Both systems, for a year.", "seen": mark})
        assert went.url == address("requests", asked)

    def test_the_section_offers_to_change_what_is_open_alone(self, client, asked, people):
        client.force_login(people.editor)
        page = words(client.get(address("section", asked, "quality")))
        assert address("page", asked, "quality", "worse") in page
        assert address("page", asked, "quality", "better") not in page

    def test_a_text_is_not_brought_back_to_a_page_that_is_closed(self, client, asked, people):
        about, page = page_of("quality", "better")
        made = Change.objects.create(
            proposal=asked,
            number=1,
            section="quality",
            page="better",
            by=people.lead,
            before={"Q4": "Once"},
            after={"Q4": "Then"},
        )
        client.force_login(people.lead)
        shown = client.get(address("change", asked, 1))
        assert not shown.context["may_write"]
        refused = client.post(address("change", asked, 1), {"seen": shown.context["mark"]})
        assert refused.status_code == 403
        with pytest.raises(PermissionDenied, match="did not ask"):
            draft.restore(made, about, page, seen=shown.context["mark"], by=people.lead)

    def test_of_two_windows_the_second_sees_both_texts(self, client, asked, people):
        client.force_login(people.editor)
        opened = address("page", asked, "quality", "worse")
        mark = client.get(opened).context["mark"]
        save(asked, people.lead, {"Q5": "Hers, of the lead."})
        clash = client.post(opened, {"Q5": "His, of the editor.", "seen": mark})
        assert clash.status_code == 409
        assert "Hers, of the lead." in words(clash)

    def test_once_people_sign_nothing_is_open(self, client, asked, people):
        signing = builders.ask_to_sign(builders.reply_all(asked, people), people)
        with pytest.raises(draft.Closed):
            save(signing, people.editor, {"Q5": "Late"})
        with pytest.raises(MovedOn):
            requests.answer(request=asked.requests.first(), reply="Late", seen=1, by=people.editor)
        client.force_login(people.editor)
        assert "may_reply" in (page := client.get(address("request_answer", asked, 1))).context
        assert not page.context["may_reply"]
        draft.reopen(proposal=signing, seen=signing.revision, by=people.editor)
        save(asked, people.editor, {"Q5": "In time"})


class TestReplying:
    def test_a_request_stands_beside_its_page_and_takes_a_reply(self, client, asked, people):
        client.force_login(people.editor)
        listed = words(client.get(address("requests", asked)))
        assert "2 requests have no reply yet." in listed
        assert "31 March 2099" in listed
        one = client.get(address("request_answer", asked, 1))
        assert "We run both systems for a month." in words(one)
        assert address("page", asked, "quality", "worse") in words(one)

        reply = {"reply": "We added a <b>month</b>.", "seen": one.context["form"]["seen"].value()}
        client.post(address("request_answer", asked, 1), reply)
        client.post(address("request_answer", asked, 1), reply)

        kept = asked.requests.get(number=1)
        assert (kept.reply, kept.revision) == ("We added a <b>month</b>.", 1)
        assert kept.replied_by == people.editor
        raw = client.get(address("request_answer", asked, 1)).content.decode()
        assert "&lt;b&gt;month" in raw
        assert "1 request has no reply yet." in words(client.get(address("requests", asked)))

    def test_of_two_replies_the_second_sees_the_first(self, client, asked, people):
        one = asked.requests.get(number=1)
        requests.answer(request=one, reply="Hers.", seen=0, by=people.lead)
        client.force_login(people.editor)
        clash = client.post(address("request_answer", asked, 1), {"reply": "His.", "seen": "0"})
        assert clash.status_code == 409
        assert "Hers." in words(clash)
        seen = clash.context["form"]["seen"].value()
        client.post(address("request_answer", asked, 1), {"reply": "His.", "seen": seen})
        assert asked.requests.get(number=1).reply == "His."

    def test_who_may_read_and_who_may_reply(self, client, asked, people, staff):
        pages = [address("requests", asked), address("request_answer", asked, 1)]
        pages.append(address("resubmit", asked))
        for who, status in ((people.viewer, 200), (somebody(), 404), (staff.reviewer, 404)):
            client.force_login(who)
            assert [client.get(page).status_code for page in pages] == [status] * 3
        client.force_login(people.viewer)
        assert client.post(pages[1], {"reply": "x", "seen": "0"}).status_code == 403
        assert client.get(address("request_answer", asked, 9)).status_code == 404

    def test_a_request_about_a_page_that_is_no_longer_asked_can_be_replied_to(
        self, client, asked, people
    ):
        asked.requests.filter(number=1).update(page="gone")
        client.force_login(people.editor)
        page = client.get(address("request_answer", asked, 1))
        assert "A page that is no longer asked" in words(page)
        assert "Save the reply" in words(page)
        client.post(address("request_answer", asked, 1), {"reply": "It went.", "seen": "0"})
        assert asked.requests.get(number=1).reply == "It went."

    def test_replies_stay_with_the_team_until_the_next_version(self, client, asked, people, staff):
        one = asked.requests.get(number=1)
        requests.answer(request=one, reply=f"We say {CANARY}.", seen=0, by=people.editor)
        save(asked, people.editor, {"Q5": f"Now {CANARY}."})
        client.force_login(staff.reviewer)
        pages = [address(name, asked) for name in ("case", "ask", "notes", "case_messages")]
        pages += [address("case_version", asked, 1), address("case_versions_compare", asked)]
        for page in pages:
            assert CANARY not in words(client.get(page)), page
        assert "2 requests are with the team" in words(client.get(pages[0]))

        builders.resubmit(asked, people)

        assert f"We say {CANARY}." in words(client.get(pages[0]))


class TestSigningAndSending:
    def test_signatures_are_asked_once_every_request_has_a_reply(self, asked, people):
        with pytest.raises(PermissionDenied, match=r"2 requests have no reply yet\."):
            builders.ask_to_sign(asked, people)
        replied = builders.reply_all(asked, people)
        save(asked, people.editor, {"Q5": ""})
        with pytest.raises(PermissionDenied, match=r"Not complete yet: What could get worse\."):
            builders.ask_to_sign(replied, people)
        save(asked, people.editor, {"Q5": "Nothing could."})
        signing = builders.ask_to_sign(builders.again(asked), people)
        assert signing.status == Status.CHANGES_REQUESTED
        with pytest.raises(PermissionDenied, match="asked to sign it already"):
            builders.ask_to_sign(signing, people)

    def test_what_is_missing_on_a_closed_page_keeps_nobody(self, asked, people):
        section = Section.objects.get(proposal=asked, key="service")
        section.answers = {}
        section.save()
        builders.ask_to_sign(builders.reply_all(asked, people), people)

    def test_the_lead_sends_what_was_signed_as_the_next_version(self, client, asked, people, staff):
        save(asked, people.editor, {"Q5": "We run both systems for three months."})
        client.force_login(people.lead)
        early = words(client.get(address("resubmit", asked)))
        assert "Ask people to sign it first." in early
        assert "three months." in early
        signed = builders.sign_all(builders.ask_to_sign(builders.reply_all(asked, people), people))
        assert address("resubmit", asked) in words(client.get("/start/"))
        page = client.get(address("resubmit", asked))
        assert "<ins" in page.content.decode()
        assert "We changed it." in words(page)

        sent = client.post(address("resubmit", asked), {"seen": signed.revision})

        assert sent.url == address("receipt", asked)
        moved = builders.again(asked)
        assert (moved.status, moved.answer_by) == (Status.ASSESSING, None)
        second = moved.versions.latest()
        assert second.number == 2
        assert second.content["sections"]["quality"]["Q5"].endswith("three months.")
        assert second.people.filter(signed_at__isnull=False).count() == 2
        told = {row.user for row in Notification.objects.filter(kind="proposal.resubmit")}
        assert told == {staff.reviewer, staff.countersigner, staff.decider, staff.fourth}
        again = client.post(address("resubmit", asked), {"seen": signed.revision})
        assert again.status_code == 409
        assert moved.versions.count() == 2
        assert "see what version 2 changed" in words(client.get(address("requests", asked)))
        assert "We changed it." in words(client.get(address("request_answer", asked, 1)))

    def test_only_the_lead_sends_and_only_what_everybody_signed(self, client, asked, people):
        signing = builders.ask_to_sign(builders.reply_all(asked, people), people)
        with pytest.raises(PermissionDenied, match="2 signatures are missing"):
            requests.resubmit(proposal=signing, seen=signing.revision, by=people.lead)
        signed = builders.sign_all(signing)
        with pytest.raises(PermissionDenied, match="lead"):
            requests.resubmit(proposal=signed, seen=signed.revision, by=people.editor)
        with pytest.raises(PermissionDenied):
            requests.resubmit(proposal=signed, seen=signed.revision, by=somebody())

    def test_whoever_is_asked_to_sign_reads_the_new_text_and_what_it_changed(
        self, client, asked, people
    ):
        save(asked, people.lead, {"Q5": "A text to be signed."})
        builders.ask_to_sign(builders.reply_all(asked, people), people)
        client.force_login(people.editor)
        page = words(client.get(address("sign", asked)))
        assert "A text to be signed." in page
        listed = words(client.get(address("requests", asked)))
        assert "so its pages are closed" in listed
        assert "Ask people to sign" not in listed
        assert address("resubmit", asked) in page
        assert "Read this text and sign it" in words(client.get("/start/"))
        opened = client.get(address("reopen", asked))
        assert address("requests", asked) in words(opened)

    def test_the_clock_runs_on_from_where_it_stood(self, asked, people, monkeypatch):
        promised = asked.due_on
        signed = builders.sign_all(builders.ask_to_sign(builders.reply_all(asked, people), people))
        later = clock.now() + datetime.timedelta(weeks=3)
        monkeypatch.setattr(clock, "now", lambda: later)
        sent = requests.resubmit(proposal=signed, seen=signed.revision, by=people.lead)
        assert sent.due_on >= promised + datetime.timedelta(weeks=3)

    def test_a_case_that_waits_for_its_team_is_not_late(self, asked):
        long_after = asked.due_on + datetime.timedelta(days=10)
        assert not asked.is_late(long_after)
        asked.status = Status.ASSESSING
        assert asked.is_late(long_after)

    def test_a_recommendation_from_before_the_new_version_is_refused(
        self, client, case, people, staff
    ):
        drawn_at = case.revision
        moved = builders.resubmit(builders.ask_changes(case, staff), people)
        builders.answer_gates(moved, staff.reviewer)
        client.force_login(staff.reviewer)
        typed = {"outcome": "approved", "good": "The rotas.", "heard": "silent", "seen": drawn_at}
        for part in ("reasons", "conditions"):
            typed |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
        assert client.post(address("recommend", case), typed).status_code == 409
        with pytest.raises(MovedOn):
            decision.recommend(
                proposal=moved,
                outcome="approved",
                good="Good.",
                heard="silent",
                seen=drawn_at,
                by=staff.reviewer,
            )
        advised = builders.recommend(moved, staff)
        assert advised.recommendations.get().version.number == 2

    def test_it_may_be_asked_once_more(self, asked, people, staff):
        second = builders.resubmit(asked, people)
        third = builders.resubmit(builders.ask_changes(second, staff), people)
        numbers = list(third.requests.values_list("number", "version__number"))
        assert numbers == [(1, 1), (2, 1), (3, 2)]
        assert third.versions.count() == 3

    def test_later_versions_are_judged_by_the_rules_of_the_first(self, asked, people, scheme):
        moved = builders.resubmit(asked, people)
        first, second = moved.versions.order_by("number")
        assert first.scheme == second.scheme == scheme
        assert json.loads(second.text)["declared"] == json.loads(first.text)["declared"]


def test_the_team_sees_whose_turn_it_is_by_when_and_that_the_clock_stands(client, asked, people):
    client.force_login(people.viewer)
    page = words(client.get(address("proposal", asked)))
    assert "to answer by 31 March 2099" in page
    assert "Your team" in page
    assert "The clock stands still" in page
    assert address("requests", asked) in page
    client.force_login(people.editor)
    assert "Answer what the reviewers ask" in words(client.get("/start/"))


def test_the_list_of_tasks_marks_what_is_open_and_leads_to_it(client, asked, people):
    client.force_login(people.lead)
    page = words(client.get(address("tasks", asked)))
    assert f'href="{address("requests", asked)}">Read what they ask, and answer it' in page
    assert page.count("The reviewers ask about this.") == 2


def test_the_case_shows_what_was_asked_the_replies_and_what_changed(client, asked, people, staff):
    client.force_login(staff.reviewer)
    page = words(client.get(address("case", asked)))
    assert "The team has it. If it came back now" in page
    builders.resubmit(asked, people)
    page = words(client.get(address("case", asked)))
    assert page.index("Recommend") < page.index("Ask the team for changes")
    assert "We changed it." in page
    assert f"{address('case_versions_compare', asked)}?version=2" in page


def test_a_signer_stays_in_the_team_while_people_sign(asked, people):
    builders.ask_to_sign(builders.reply_all(asked, people), people)
    editor = asked.members.get(user=people.editor)
    with pytest.raises(PermissionDenied, match="asked to sign"):
        draft.member_remove(member=editor, by=people.lead)


MOST = {
    "ask": 10,
    "ask_changes": 10,
    "case": 10,
    "proposal": 12,
    "requests": 8,
    "request_answer": 10,
    "resubmit": 12,
}


@pytest.mark.parametrize("name", MOST)
def test_pages_cost_few_queries(client, case, people, staff, name):
    if name == "ask_changes":
        builders.draft_request(case, staff.reviewer)
    else:
        builders.ask_changes(case, staff, ("quality", "worse"), ("staff", "worries"))
    of_officials = name in ("ask", "ask_changes", "case")
    client.force_login(staff.reviewer if of_officials else people.lead)
    page = address(name, case, *([1] if name == "request_answer" else []))
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    assert len(captured) <= MOST[name], [query["sql"][:150] for query in captured]


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_sent_once():
    reference.load()
    people, staff = builders.team(), builders.officials()
    asked = builders.proposal_at(Status.CHANGES_REQUESTED, people, staff)
    signed = builders.sign_all(builders.ask_to_sign(builders.reply_all(asked, people), people))

    def press():
        requests.resubmit(proposal=signed, seen=signed.revision, by=people.lead)

    answers = at_once(press, press)

    assert sorted(type(each).__name__ for each in answers) == ["MovedOn", "NoneType"]
    assert Request.objects.filter(proposal=signed).exists()
    assert list(signed.versions.values_list("number", flat=True)) == [1, 2]
