"""The guides that every service owes its visitors: what it is, what it keeps, how it can be used."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mutuals_portal import guides

# slug -> title; the words are in templates/about/<slug>.html. The footer lists them in this order.
GUIDES = {
    "programme": _("About the programme"),
    "policy": _("Policy, not law"),
    "help": _("Help"),
    "contact": _("Contact"),
    "accessibility": _("Accessibility"),
    "privacy": _("Privacy"),
    "cookies": _("Cookies"),
    "terms": _("Terms"),
}

COOKIES = [
    {
        "name": settings.SESSION_COOKIE_NAME,
        "purpose": _("Knows you from page to page while you are signed in or use a private link."),
        "lasts": _(
            "Until you close the browser, and never more than 60 minutes after your last page"
        ),
    },
    {
        "name": settings.CSRF_COOKIE_NAME,
        "purpose": _("Proves that a form was sent from our page and not from somebody else's."),
        "lasts": _("One year"),
    },
    {
        "name": "messages",
        "purpose": _("Carries a line such as “Sent.” to the next page that you see."),
        "lasts": _("Until that page"),
    },
]

KEPT = [
    {
        "what": _("Your account: name, address, password"),
        "who": _("You. Colleagues in your team see your name. We keep the password in a form that nobody can read."),
    },
    {
        "what": _("A draft"),
        "who": _("The team that writes it, and nobody else."),
    },
    {
        "what": _("A document that a team adds to its proposal"),
        "who": _("The team; once it is submitted, the officials who read the proposal too. The employer's official never. When it is taken out before that, or a virus is found in it, its content is deleted at once."),
    },
    {
        "what": _("A proposal that was submitted"),
        "who": _("Its team, and officials who have declared that they have no conflict of interest. The employer's official sees what it is called and a short list of figures of the service to confirm, and no name."),
    },
    {
        "what": _("What an employer's official answers"),
        "who": _("Officials who have declared that they have no conflict of interest. The team reads that there is an answer, and the box that is marked for it."),
    },
    {
        "what": _("Which official of an employer is asked about a proposal: post and work address"),
        "who": _("Officials who have declared that they have no conflict of interest. The team reads that somebody is asked, and by when."),
    },
    {
        "what": _("Who is asked at the department of an employer that does not answer, and what they reply"),
        "who": _("Officials who have declared that they have no conflict of interest. The team reads that the department was asked, and that it has replied."),
    },
    {
        "what": _("A concern about an employer"),
        "who": _("You, and officials who have declared that they have no conflict of interest. Your team reads that one was raised, and the answer. Your employer and its department never."),
    },
    {
        "what": _("What officials write to each other"),
        "who": _("Officials. It is kept apart from the messages that a team reads."),
    },
    {
        "what": _("A question to the advice line"),
        "who": _("You, and the advisers of the provider that answers. The other providers see its subject, its age and when a reply is due."),
    },
    {
        "what": _("The register"),
        "who": _("Everybody, once a coordinator has published an entry."),
    },
    {
        "what": _("Who may vote in a vote of staff"),
        "who": _("Its scrutineer alone, who is nobody of the team. It is deleted 30 days after the vote. How you voted is kept without your name, so nobody can look it up, we included. The mail or letter that brings your code is the one message of ours that must not be read by others: whoever has it can vote in your place."),
    },
    {
        "what": _("That you have a page open"),
        "who": _("While you look at a draft, a proposal or a question, and for a minute after: the team of the draft, the officials who decide about the proposal, or the advisers who answer the question. A team never sees that officials look at its proposal, and officials never see the team. Nothing is kept of it."),
    },
    {
        "what": _("An offer of mentoring, and the answers to it"),
        "who": _("The mentor, the mutual's people and coordinators. Why somebody declined: coordinators alone."),
    },
    {
        "what": _("Which messages you were sent, and how you want them"),
        "who": _("You. Administrators and coordinators see the address and the kind of a message that could not be delivered, never its words."),
    },
    {
        "what": _("Who did what and when"),
        "who": _("Kept with each record, by the number of the account. Each reader sees the part that they may know."),
    },
]  # fmt: skip


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, for everybody."""
    if slug not in GUIDES:
        raise Http404
    tables: dict[str, Callable[[], dict[str, Any]]] = {
        "cookies": lambda: {"cookies": COOKIES},
        "help": lambda: {
            "guides": guides.for_reader(request.user),
            "own": guides.own(request.user),
        },
        "privacy": lambda: {"kept": KEPT},
    }
    page = {"title": GUIDES[slug]} | (tables[slug]() if slug in tables else {})
    return render(request, f"about/{slug}.html", page)


def links() -> list[dict[str, Any]]:
    """The guides for the foot of every page."""
    return [
        {"text": title, "href": reverse("about", args=[slug])} for slug, title in GUIDES.items()
    ]
