"""The service navigation: which items a role sees, and only those whose page exists."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity import counting
from activity.actors import roles_of
from activity.models import Notification

Entry = tuple[str | Promise, str]

# The links of the frame itself: attribute of `portal` in templates -> names of the page, of which
# the first that exists is taken.
LINKS: dict[str, tuple[str, ...]] = {
    "home": ("home",),
    "start": ("start",),
    "search": ("search",),
    "inbox": ("activity:inbox",),
    "account": ("accounts:me",),
    "advice": ("advice:advice", "advice:ask"),
    "sign_in": ("account_login",),
    "sign_up": ("account_signup",),
    "sign_out": ("account_logout",),
}

PUBLIC: list[Entry] = [
    (_("Check if you can do this"), "proposals:check"),
    (_("Pathfinders"), "pathfinders:register"),
    (_("Advice"), "advice:advice"),
    (_("Lessons"), "pathfinders:lessons"),
    (_("Barriers"), "pathfinders:barriers"),
]
# Somebody signed in without a role: being in a team is no role.
PROPOSER: list[Entry] = [
    (_("My proposals"), "proposals:mine"),
    (_("Ideas"), "proposals:calls"),
    (_("Advice"), "advice:advice"),
    (_("Pathfinders"), "pathfinders:register"),
]
BY_ROLE: dict[Role, list[Entry]] = {
    Role.REVIEWER: [
        (_("My work"), "proposals:work"),
        (_("All cases"), "proposals:cases"),
        (_("Appeals"), "proposals:appeals"),
        (_("Figures"), "proposals:figures"),
    ],
    Role.DECISION_MAKER: [
        (_("My work"), "proposals:work"),
        (_("All cases"), "proposals:cases"),
        (_("Appeals"), "proposals:appeals"),
        (_("Figures"), "proposals:figures"),
        (_("Fund"), "pathfinders:fund"),
    ],
    Role.COORDINATOR: [
        (_("Programme"), "pathfinders:programme"),
        (_("Pathfinders"), "pathfinders:register"),
        (_("Mentoring"), "pathfinders:mentoring"),
        (_("Ideas"), "proposals:ideas"),
        (_("Lessons"), "pathfinders:lessons"),
        (_("Fund"), "pathfinders:fund"),
    ],
    Role.ADVISER: [
        (_("My desk"), "advice:desk"),
        (_("Queue"), "advice:queue"),
        (_("Phone call"), "advice:call"),
        (_("Articles"), "advice:articles"),
        (_("Callbacks"), "advice:callbacks"),
        (_("Canned answers"), "advice:canned"),
    ],
    Role.ADVICE_LEAD: [
        (_("Board"), "advice:board"),
        (_("Queue"), "advice:queue"),
        (_("Articles"), "advice:articles"),
        (_("Routing"), "advice:routing"),
        (_("Figures"), "advice:figures"),
        (_("Canned answers"), "advice:canned"),
    ],
    Role.MENTOR: [
        (_("My mentoring"), "pathfinders:my_mentoring"),
        (_("My profile"), "pathfinders:my_profile"),
        (_("Lessons"), "pathfinders:lessons"),
    ],
    Role.CHALLENGE_GROUP: [
        (_("Agenda"), "pathfinders:agenda"),
        (_("Barriers"), "pathfinders:barriers"),
        (_("Lessons"), "pathfinders:lessons"),
    ],
    Role.ADMINISTRATOR: [
        (_("People"), "accounts:people"),
        (_("Organisations"), "accounts:organisations"),
        (_("Schemes"), "proposals:schemes"),
        (_("Routing"), "advice:routing"),
        (_("Messages"), "activity:outbox"),
    ],
    Role.OBSERVER: [(_("Pathfinders"), "pathfinders:register")],
}


@dataclass(frozen=True)
class Item:
    """One link of the service navigation."""

    text: str | Promise
    href: str
    current: bool = False


def address(*names: str) -> str:
    """The address of the first of these pages that exists; "" while none does."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def entries_for(user: Any) -> list[Entry]:
    """The list of this person; somebody with two roles has both joined, in the order of roles."""
    if not user.is_authenticated:
        return PUBLIC
    roles = roles_of(user)
    return [entry for role in Role if role in roles for entry in BY_ROLE[role]] or PROPOSER


def items_for(user: Any, path: str) -> list[Item]:
    """The items for this person whose pages exist, each page once, the current one marked.

    A role none of whose pages exists yet has the items of the public.
    """
    found = _existing(entries_for(user)) or _existing(PUBLIC)
    inside = [href for href in found if path.startswith(href)]
    current = max(inside, key=len, default=None)
    return [Item(text, href, href == current) for href, text in found.items()]


def _existing(entries: list[Entry]) -> dict[str, str | Promise]:
    """The words of each page that exists, by its address."""
    found: dict[str, str | Promise] = {}
    for text, name in entries:
        if href := address(name):
            found.setdefault(href, text)
    return found


def unread(user: Any) -> int:
    """How many messages of a person signed in are unread, up to the bound of `counting`."""
    if not user.is_authenticated:
        return 0
    return counting.counts({"unread": Notification.objects.inbox_of(user).unread()})["unread"]
