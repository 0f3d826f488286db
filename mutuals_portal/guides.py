"""The guides to the portal, one for each role, and which of them are a reader's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Role, User
from activity.actors import roles_of

Words = str | Promise


@dataclass(frozen=True)
class Guide:
    """What one role does here; its words are in templates/about/help/<slug>.html.

    role: None for a part that needs no role. has_account: whether it is played signed in.
    """

    slug: str
    title: Words
    summary: Words
    role: Role | None = None
    has_account: bool = True

    @property
    def href(self) -> str:
        """Where it is read."""
        return reverse("help", args=[self.slug])

    def is_of(self, user: User | AnonymousUser) -> bool:
        """Whether this is what its reader does here; without a role, that is to be in a team."""
        if not isinstance(user, User) or not self.has_account:
            return False
        roles = roles_of(user)
        return self.role in roles if self.role else not roles


GUIDES = (
    Guide(
        "team-member",
        _("Team member"),
        _("Write a proposal with your colleagues, sign it, submit it, read the decision."),
    ),
    Guide(
        "enquirer",
        _("Somebody with a question"),
        _("Ask the advice line, and come back for the answer."),
        has_account=False,
    ),
    Guide(
        "employer",
        _("Employer's official"),
        _("What it means for a public body that its staff propose a mutual."),
        has_account=False,
    ),
    Guide(
        "mentor",
        _("Mentor"),
        _("Answer an offer to help a new mutual."),
        Role.MENTOR,
    ),
    Guide(
        "adviser",
        _("Adviser"),
        _("Take questions, answer them, hand them on."),
        Role.ADVISER,
    ),
    Guide(
        "advice-lead",
        _("Advice lead"),
        _("See to it that questions are answered in time."),
        Role.ADVICE_LEAD,
    ),
    Guide(
        "reviewer",
        _("Reviewer"),
        _("Declare, read, write to the team, recommend."),
        Role.REVIEWER,
    ),
    Guide(
        "decision-maker",
        _("Decision maker"),
        _("Countersign, decide, release the letter."),
        Role.DECISION_MAKER,
    ),
    Guide(
        "coordinator",
        _("Programme coordinator"),
        _("Keep the register, offer mentors."),
        Role.COORDINATOR,
    ),
    Guide(
        "administrator",
        _("Administrator"),
        _("Keep the lists, see to messages that did not arrive."),
        Role.ADMINISTRATOR,
    ),
)
BY_SLUG = {guide.slug: guide for guide in GUIDES}


def own(user: User | AnonymousUser) -> list[Guide]:
    """The guides to what this reader does here."""
    return [guide for guide in GUIDES if guide.is_of(user)]


def for_reader(user: User | AnonymousUser) -> list[Guide]:
    """Every guide, the reader's own first."""
    return sorted(GUIDES, key=lambda guide: not guide.is_of(user))


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide for one role, for everybody."""
    if slug not in BY_SLUG:
        raise Http404
    found = BY_SLUG[slug]
    page = {
        "title": _("Guide: %(role)s") % {"role": found.title},
        "own": found.is_of(request.user),
        "back": reverse("about", args=["help"]),
    }
    return render(request, f"about/help/{slug}.html", page)
