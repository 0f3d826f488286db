"""Tags and filters that every page may use without loading them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import COVERED
from activity import standing as standings
from activity.actors import holds
from activity.amounts import pounds
from activity.dates import in_words, long_in_words, time_in_words
from mutuals_portal import govuk, grids, problems
from mutuals_portal.components import draw
from mutuals_portal.tones import tone

register = template.Library()


@register.filter
def date_full(value: date | None) -> str:
    """6 April 2027."""
    day = _local(value)
    return in_words(day) if day else ""


@register.filter
def date_long(value: date | None) -> str:
    """Tuesday 6 April 2027: within two weeks people think in weekdays."""
    day = _local(value)
    return long_in_words(day) if day else ""


@register.filter
def time_short(value: datetime | None) -> str:
    """10:15am, 9am, midday."""
    moment = _local(value)
    return time_in_words(moment.time()) if isinstance(moment, datetime) else ""


register.filter(pounds)


@register.inclusion_tag("components/time.html")
def moment(value: date | None) -> dict[str, Any]:
    """A date, with its time when it has one, in words inside a <time> element."""
    return {"value": value, "has_time": isinstance(value, datetime)}


@register.simple_tag
def status_tag(status: Any, text: Any = None) -> SafeString:
    """The tag of a status: the word, and the colour of what the status means."""
    colour = tone(str(status))
    text = text or getattr(status, "label", None) or str(status).replace("_", " ").capitalize()
    classes = f"govuk-tag--{colour}" if colour != "blue" else ""
    return draw("tag", {"text": text, "classes": classes})


@register.simple_tag
def standing(record: Any, audience: str) -> str:
    """The sentence under the tag: what the status means for those `outside`, or `inside`."""
    return standings.sentence(record, audience)


@register.filter
def can_be_covered(user: Any) -> bool:
    """Whether somebody has a role in which a colleague can stand in for them."""
    return holds(user, *COVERED)


@register.filter
def fact_rows(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a summary list from `key`, `value`, and if it can be changed `href`, `action`, `about`."""
    return [
        {"key": {"text": row["key"]}, "value": _fact(row["value"]), "actions": _actions(row)}
        for row in rows
    ]


@register.simple_tag
def govuk_field(field: BoundField) -> SafeString:
    """One form field: label, hint, error and input."""
    return govuk.draw_field(field)


@register.inclusion_tag("components/grid.html")
def grid_table(
    fields: list[BoundField], worked: list[Any], year: int | None = None
) -> dict[str, Any]:
    """Grids with the same columns as one table, and below them the rows that follow from them."""
    return grids.grid(fields, worked, year)


@register.filter
def shown_fields(form: forms.BaseForm) -> list[BoundField]:
    """The fields to draw one after another."""
    return govuk.shown_fields(form)


@register.filter
def form_errors(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The entries of an error summary for one form."""
    return problems.error_list(form)


@register.simple_tag(takes_context=True)
def errors_on_page(context: template.Context) -> list[dict[str, Any]]:
    """The entries of the error summary: every form that the view gave the page."""
    return [entry for form in _forms(context) for entry in problems.error_list(form)]


def _fact(value: Any) -> dict[str, Any]:
    if value is None or value == "":
        return {"text": _("Not known"), "classes": "app-quiet"}
    return {"html": linebreaksbr(value)}


def _actions(row: dict[str, Any]) -> dict[str, Any]:
    if not row.get("href"):
        return {}
    action = {
        "href": row["href"],
        "text": row.get("action") or _("Change"),
        "visuallyHiddenText": row.get("about") or row["key"],
    }
    return {"items": [action]}


def _local(value: date | None) -> date | None:
    """The value in UK time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _forms(context: template.Context) -> Iterator[forms.BaseForm]:
    """Each bound form among the page's variables, formsets included, once."""
    seen: set[int] = set()
    for value in context.flatten().values():
        # The class is asked for by type(): isinstance() would wake lazy objects, such as the
        # person signed in, and cost a query.
        for form in _forms_in(value):
            if form.is_bound and id(form) not in seen:
                seen.add(id(form))
                yield form


def _forms_in(value: Any) -> list[forms.BaseForm]:
    if issubclass(type(value), forms.BaseForm):
        return [value]
    if issubclass(type(value), forms.BaseFormSet):
        return list(value.forms)
    return []
