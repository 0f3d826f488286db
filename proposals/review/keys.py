"""The single keys of the queue: what static/keys.js does with each, for the page to tell."""

from django.utils.translation import gettext_lazy as _

KEYS = [
    {"keys": ["j"], "does": _("Go to the next case")},
    {"keys": ["k"], "does": _("Go to the case before")},
    {"keys": ["x"], "does": _("Tick the case, or take the tick off")},
    {"keys": ["Enter"], "does": _("Open the case")},
    {"keys": ["/"], "does": _("Go to the search field")},
    {"keys": ["?"], "does": _("Show these keys")},
]
