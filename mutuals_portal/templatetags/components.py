"""Tags to draw GOV.UK's components, and what the components' own templates need."""

import html
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from mutuals_portal import items
from mutuals_portal.components import NOTHING, Options, draw, escaped

register = template.Library()
EMPTY = SafeString("")
# What components say by themselves when a page gives them no words.
WORDS = {
    gettext_noop("Back"),
    gettext_noop("Breadcrumb"),
    gettext_noop("Contents"),
    gettext_noop("Error"),
    gettext_noop("Important"),
    gettext_noop("Menu"),
    gettext_noop("Next"),
    gettext_noop("Page"),
    gettext_noop("Pagination"),
    gettext_noop("Previous"),
    gettext_noop("Service information"),
    gettext_noop("Show"),
    gettext_noop("Show password"),
    gettext_noop("Success"),
    gettext_noop("Warning"),
    gettext_noop("You can enter up to %{count} characters"),
    gettext_noop("You can enter up to %{count} words"),
    gettext_noop("page"),
}


@register.simple_tag
def component(name: str, options: dict[str, Any] | None = None, **more: Any) -> SafeString:
    """A component by its official name: {% component "tag" text="Late" %}.

    Two underscores reach into an option: tag__text="Alpha" is {"tag": {"text": "Alpha"}}.
    """
    return draw(name, {**(options or NOTHING), **nested(more)})


@register.simple_block_tag
def around(
    content: SafeString, name: str, options: dict[str, Any] | None = None, **more: Any
) -> SafeString:
    """A component whose `html` is what stands between the tags."""
    return draw(name, {**(options or NOTHING), **nested(more), "html": content})


def nested(options: dict[str, Any]) -> dict[str, Any]:
    """Options with two underscores in their name put into the option before these."""
    found: dict[str, Any] = {}
    for path, value in options.items():
        *outer, name = path.split("__")
        level = found
        for step in outer:
            level = level.setdefault(step, {})
        level[name] = value
    return found


class Words(template.Node):
    """What an option says: its `html` when it was given, else its `text`, escaped unless trusted."""

    def __init__(self, options: FilterExpression | None) -> None:
        self.options = options

    def render(self, context: template.Context) -> SafeString:
        source = self.options.resolve(context) or NOTHING if self.options else context
        return escaped(escape(source.get("html") or source.get("text", "")))


class Optional(template.Node):
    """Attributes of an element, each left out while its option has no value."""

    def __init__(self, names: str, options: FilterExpression | None) -> None:
        self.options = options
        found = [word.partition("=") for word in names.split()]
        self.pairs = [(option, attribute or option) for option, _sign, attribute in found]

    def render(self, context: template.Context) -> SafeString:
        source = self.options.resolve(context) or NOTHING if self.options else context
        found = ""
        for option, name in self.pairs:
            value = source.get(option)
            if value:
                found += written(value, name)
        # Most are not given.
        return escaped(found) if found else EMPTY


# These two stand in every line of every component. As simple tags they would take twice the time.
@register.tag
def words(parser: Parser, token: Token) -> Words:
    """{% words item.hint %}, or {% words %} for the component's own."""
    _name, *given = token.split_contents()
    return Words(parser.compile_filter(given[0]) if given else None)


@register.tag
def optional(parser: Parser, token: Token) -> Optional:
    """{% optional "value describedBy=aria-describedby" item %}: options, and attributes they give."""
    _name, names, *given = token.split_contents()
    return Optional(names.strip('"'), parser.compile_filter(given[0]) if given else None)


def written(value: Any, name: str) -> str:
    """One attribute; all of `attributes`; of a message one attribute for each plural."""
    if isinstance(value, dict):
        prefix = "" if name == "attributes" else f"{name}."
        return "".join([one(part, escape(f"{prefix}{key}")) for key, part in value.items()])
    return one(value, name)


def one(value: Any, name: str) -> str:
    if value is True:
        return f" {name}"
    return "" if value is None or value is False else f' {name}="{escape(value)}"'


def escape(value: Any) -> str:
    """The value for use in HTML or between quotes. Django's own function takes four times as long."""
    return value if isinstance(value, SafeString) else html.escape(str(value))


@register.simple_tag
def word(text: str) -> str:
    """One of the words of a component, in the language of the page."""
    return in_language(get_language(), text)


@lru_cache
def in_language(_language: str | None, text: str) -> str:
    """The translation is looked up once: it takes longer than all else that a component does."""
    if text not in WORDS:
        raise KeyError(f"“{text}” is not among the words that are translated.")
    return gettext(text)


@register.filter
def attrs(attributes: dict[str, Any] | None) -> str:
    """Attributes of an element, escaped."""
    return flatatt(attributes or {})


@register.filter
def spelled(value: Any, name: str) -> str:
    """An attribute that says "true" or "false" in letters, left out when it was not given."""
    return escaped(one(str(value).lower(), name)) if isinstance(value, bool) else EMPTY


@register.filter
def also(classes: Any) -> SafeString:
    """Further classes of an element, after those it always has."""
    return escaped(" ", escape(classes)) if classes else EMPTY


@register.filter
def counted(text: str, limit: Any) -> str:
    """A message of the character count with its limit filled in."""
    return text.replace("%{count}", str(limit))


register.filter(items.numbered)
register.filter(items.links)


@register.filter
def formatted(cell: dict[str, Any], name: str) -> SafeString:
    """The further classes of a cell of a table: its format, and its own."""
    kind, more = cell.get("format"), cell.get("classes")
    if not kind:
        return also(more)
    return also(f"{name}--{kind} {more}" if more else f"{name}--{kind}")


@register.filter
def any_actions(rows: Iterable[dict[str, Any]]) -> bool:
    """Whether any row of a summary list has something that can be done."""
    return any((row.get("actions") or NOTHING).get("items") for row in rows if row)


@register.simple_tag(takes_context=True)
def field_ids(context: template.Context, described_by: Any = "", *, info: bool = False) -> Options:
    """The ids by which a field and what is said about it refer to each other.

    info: whether a message below the field says how much may be typed.
    """
    id_ = context.get("idPrefix") or context.get("id") or context.get("name")
    ids = Options(field=id_)
    ids["info"] = f"{id_}-info" if info else ""
    ids["hint"] = f"{id_}-hint" if context.get("hint") else ""
    ids["error"] = f"{id_}-error" if context.get("errorMessage") else ""
    parts = (described_by, ids["info"], ids["hint"], ids["error"])
    ids["described"] = " ".join(filter(None, parts))
    return ids


@register.simple_tag(takes_context=True)
def said(context: template.Context, ids: Options) -> SafeString:
    """The hint and the error of a field."""
    hint, error = context.get("hint"), context.get("errorMessage")
    drawn = [draw("hint", {**hint, "id": ids["hint"]})] if hint else []
    if error:
        drawn.append(draw("error-message", {**error, "id": ids["error"]}))
    return escaped(*drawn)


@register.simple_tag(takes_context=True)
def asked(context: template.Context, ids: Options) -> SafeString:
    """The label, the hint and the error of a field that has one input."""
    label = context.get("label") or NOTHING
    drawn = draw("label", {**label, "for": ids["field"]})
    return escaped(drawn, said(context, ids))


@register.simple_block_tag(takes_context=True)
def in_fieldset(
    context: template.Context, content: SafeString, ids: Options, role: str = ""
) -> SafeString:
    """The inputs of a question, in a fieldset if it has one."""
    fieldset = context.get("fieldset")
    if not fieldset:
        return content
    more = {"describedBy": ids["described"], "role": role, "html": content}
    return draw("fieldset", {**fieldset, **more})


@register.simple_tag(takes_context=True)
def choice_items(context: template.Context, ids: Options, described: str = "") -> list[Options]:
    """The items of radios or checkboxes, with what each has by default."""
    options = {name: context.get(name) for name in items.FOR_CHOICES}
    return items.choices(options, ids["field"], "" if context.get("fieldset") else described)


@register.simple_tag(takes_context=True)
def date_boxes(context: template.Context) -> list[Options]:
    """The boxes of a date input, with what each has by default."""
    return items.boxes({name: context.get(name) for name in items.FOR_DATES})
