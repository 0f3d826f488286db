"""Every kind of message that somebody may be told has its words."""

import ast
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.template import Context
from django.template.loader import get_template

from activity import kinds as registry
from activity import workflow
from activity.account_adapter import KINDS
from tests.look.wording import name_of

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "templates" / "messages"
TELLING = {"tell", "tell_each", "Tell", "tell_address", "refuse"}
# Parts of messages, not messages.
SHARED = {"base", "daily", "quiet"}


def kinds_in_code() -> Iterator[str]:
    """The first argument, where it is a literal, of everything that tells somebody something."""
    for app in ("activity", "proposals", "pathfinders", "advice", "mutuals_portal"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and name_of(node.func) in TELLING and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value


@cache
def kinds() -> set[str]:
    told = {
        tell.kind for life in workflow.lifecycles() for step in life.steps for tell in step.tell
    }
    return told | set(kinds_in_code()) | set(KINDS.values())


def words(name: str) -> str:
    facts = {
        "reference": "RTP-2026-0042",
        "due_on": date(2027, 4, 2),
        "link": "http://x/",
        "code": 1,
    }
    return str(
        get_template(f"messages/{name}.txt").template.render(Context(facts, autoescape=False))
    )


@pytest.mark.parametrize("kind", sorted(kind.name for kind in registry.registered()))
def test_a_kind_has_a_subject_and_a_body(kind):
    subject, body = words(f"{kind}-subject"), words(f"{kind}-body")
    assert len(subject.split()) >= 2
    assert len(" ".join(subject.split())) <= 78
    assert kind == "link.code" or "http://x/" in body


# As the list of messages has them, without "please".
@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("member.invite", "A colleague has asked you to join"),
        ("proposal.ask_sign_off", "Read and sign RTP-2026-0042"),
        ("proposal.reopen", "Your signature no longer counts"),
        ("proposal.submit", "We have your proposal RTP-2026-0042"),
        ("proposal.begin", "Assessment has begun"),
        ("proposal.recommend", "A recommendation is waiting for you"),
        ("case.send_back", "A recommendation has come back"),
        ("proposal.decided", "There is a decision on RTP-2026-0042"),
        ("enquiry.receive", "We have your question RTP-2026-0042"),
        ("enquiry.reply", "There is a reply to your question"),
        ("enquiry.wait", "We need one thing from you"),
        ("enquiry.hand_over", "An enquiry is with you"),
        ("pathfinder.open", "Your pathfinder entry RTP-2026-0042 is open"),
        ("mentorship.offer", "An offer of mentoring: answer by 2 April 2027"),
        ("mentorship.answer", "An answer to RTP-2026-0042"),
    ],
)
def test_a_subject_is_the_one_that_was_agreed(kind, subject):
    assert " ".join(words(f"{kind}-subject").split()) == subject


@pytest.mark.parametrize("due_on", [None, date(2027, 4, 2)])
@pytest.mark.parametrize("count", [1, 3])
def test_quiet_mail_names_nothing(due_on, count):
    facts = {"due_on": due_on, "count": count, "link": "http://x/", "reference": "RTP-2026-0042"}
    quiet = get_template("messages/quiet-body.txt").template
    text = " ".join(str(quiet.render(Context(facts, autoescape=False))).split())
    what = "You have a new message." if count == 1 else "You have 3 new messages."
    by = " It needs you by 2 April 2027." if due_on else ""
    where = "Sign in where you usually do, or use your private link."
    assert text == f"{what} {where}{by} http://x/"


@pytest.mark.slow
def test_there_are_no_words_for_a_kind_that_nobody_is_told():
    have = {path.name.rpartition("-")[0] for path in FOLDER.glob("*.txt")}
    assert have - SHARED == kinds()


@pytest.mark.slow
def test_every_kind_is_registered_and_none_that_nobody_is_told():
    assert {kind.name for kind in registry.registered()} == kinds()


@pytest.mark.parametrize("kind", registry.registered(), ids=lambda kind: kind.name)
def test_a_kind_says_in_words_what_it_tells_and_why_it_cannot_wait(kind):
    if not kind.to:
        return  # told only to people without an account
    assert len(str(kind.label).split()) >= 3
    assert kind.group
    is_fixed = kind.mailed and kind.choices == [registry.How.NOW]
    assert bool(kind.why) == is_fixed
    assert not kind.why or str(kind.why).endswith(".")
