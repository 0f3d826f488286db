"""GOV.UK's components: plain templates that take the official names of options."""

import html
from functools import cache
from typing import Any

from django.template import Context
from django.template.base import Template
from django.template.engine import Engine
from django.utils.safestring import SafeString


class Options(dict[str, Any]):
    """Options of a component: one that was not given is empty, and so is all that is in it.

    Most options are not given, and Django finds that a key is missing by raising four errors one
    after another: drawing a list would take longer than everything else on its page.
    """

    def __missing__(self, name: str) -> "Options":
        return NOTHING

    def __str__(self) -> str:
        return ""


NOTHING = Options()


def escaped(*parts: str) -> SafeString:
    """Parts that are escaped, as one. Nothing else in the components makes a text trusted."""
    return SafeString("".join(parts))  # nosec B703


class Text(str):
    """A text that is escaped when it is shown, like any other, but in a quarter of the time."""

    __slots__ = ()

    def __html__(self) -> str:
        return escaped(html.escape(self))


class OptionsContext(Context):
    """What a component's template sees: its options, and emptiness for those not given."""

    def __getitem__(self, name: Any) -> Any:
        for layer in reversed(self.dicts):
            if name in layer:
                return layer[name]
        return NOTHING


def options_of(given: Any) -> Any:
    """The same options as templates read them fastest: nothing missing, numbers as digits."""
    kind = type(given)
    if kind is dict:
        return Options({name: options_of(value) for name, value in given.items()})
    if kind is list or kind is tuple:
        return [options_of(value) for value in given]
    # Django asks what separates thousands here before it shows a number, which takes a while.
    return Text(given) if kind is str or kind is int else given


def draw(name: str, options: dict[str, Any]) -> SafeString:
    """A component's HTML. `html` in its options is trusted only if it is a SafeString."""
    template = template_of(name)
    context = OptionsContext(options_of(options))
    # Else rendering would bind the two, and undo it: a tenth of the time of a small component.
    context.template = template
    return template.render(context)


@cache
def template_of(name: str) -> Template:
    """A component's template. Django's own cache of templates takes as long as a label's drawing."""
    return Engine.get_default().get_template(f"components/{name}.html")
