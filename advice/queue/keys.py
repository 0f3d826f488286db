"""The single keys of the queue and of an enquiry: what static/keys.js does with each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from advice.intake.desk import answering

KEYS = [
    {"keys": ["j"], "does": _("Go to the next enquiry of a list")},
    {"keys": ["k"], "does": _("Go to the enquiry before")},
    {"keys": ["x"], "does": _("Tick the enquiry, or take the tick off")},
    {"keys": ["Enter"], "does": _("Open the enquiry")},
    {"keys": ["n"], "does": _("See the next one that you would be given, and why")},
    {"keys": ["c"], "does": _("Go to taking the enquiry")},
    {"keys": ["r"], "does": _("Write a reply")},
    {"keys": ["/"], "does": _("Go to the search field")},
    {"keys": ["?"], "does": _("Show where the keys are turned on and off")},
]


@answering
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys, and the box that turns them on."""
    return render(request, "advice/shortcuts.html", {"keys": KEYS})
