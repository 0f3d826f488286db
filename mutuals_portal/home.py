"""The public first page: what the right is, what it is not, and where to go."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.reference import read
from mutuals_portal.navigation import address
from pathfinders.register.models import Pathfinder
from proposals.check.forms import WhoForm

Text = str | Promise


@dataclass(frozen=True)
class Door:
    """A way into the portal; link: the words of its link, where that is not its title."""

    page: str
    title: Text
    text: Text
    link: Text = ""

    @property
    def href(self) -> str:
        """The address, or "" while the page is not there."""
        return address(self.page)


@dataclass(frozen=True)
class Tile:
    """A number, what it counts, what it is compared with; kind: "bad" marks it."""

    number: Text | int
    counts: Text
    beside: Text = ""
    kind: str = ""


DOORS = [
    Door(
        "proposals:mine",
        gettext_lazy("Propose to run your service"),
        gettext_lazy(
            "Write it with your colleagues, a page at a time. "
            "Your employer hears nothing from us until you submit it."
        ),
    ),
    Door(
        "advice:ask",
        gettext_lazy("Ask a question"),
        gettext_lazy("A person answers. We do not tell your employer that you asked."),
    ),
    Door(
        "pathfinders:register",
        gettext_lazy("Find a mutual"),
        gettext_lazy("See who has gone before you, where they are, and how far they have come."),
    ),
    Door(
        "start",
        gettext_lazy("Go on with your work"),
        gettext_lazy("Proposals, questions and messages that wait for you. You sign in first."),
    ),
]


BESIDE = [
    Door(
        "proposals:calls",
        gettext_lazy("Calls for ideas"),
        gettext_lazy(
            "Up to 300 words on a service that staff could run. You can turn an idea into a "
            "proposal later."
        ),
        gettext_lazy("Leave an idea"),
    ),
    Door(
        "pathfinders:barriers",
        gettext_lazy("Is a rule in your way?"),
        gettext_lazy("Tell the challenge group. We publish what was asked and what came of it."),
        gettext_lazy("See what was asked"),
    ),
]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shown to everybody; at most one query for a visitor, which is the register's."""
    context = {
        "doors": [door for door in DOORS if door.href],
        "check": first_question(),
        "beside": [door for door in BESIDE if door.href],
        "tiles": tiles(),
    }
    return render(request, "home.html", context)


def first_question() -> WhoForm:
    """The first question of the check, as one of several headings of the page."""
    form = WhoForm()
    form.heading_field = ""
    form.fields["who"].label_size = "m"  # type: ignore[attr-defined]  # for the templates
    return form


def tiles() -> list[Tile]:
    """What there is, in numbers: the register's are counted, the programme's are its facts."""
    return [*of_the_register(), *of_the_programme()]


def of_the_register() -> list[Tile]:
    """How many mutuals are public, and how far they are: the one query of this page."""
    totals = Pathfinder.objects.published().counted()
    weighing_up = totals["weighing_up"]
    more = ngettext(
        "%(count)d more is weighing it up", "%(count)d more are weighing it up", weighing_up
    )
    return [
        Tile(totals["pathfinders"], _("mutuals on the register")),
        Tile(
            totals["setting_up"] - weighing_up,
            _("being set up"),
            more % {"count": weighing_up},
        ),
    ]


def of_the_programme() -> list[Tile]:
    """Numbers that a source gives."""
    mentors = read("mentors.json")["mentors"]
    people = sum(mentor["kind"] == "individual" for mentor in mentors)
    programme = read("programme.json")
    millions = programme["support_fund_gbp"]["at_least"] // 1_000_000
    beside = ngettext(
        "%(bodies)d organisations and one person",
        "%(bodies)d organisations and %(people)d people",
        people,
    ) % {"bodies": len(mentors) - people, "people": people}
    return [
        Tile(len(mentors), _("mentors"), beside),
        Tile(
            f"£{millions}m",
            _("or more set aside"),
            _("to get the best new mutuals ready for investment"),
        ),
    ]
