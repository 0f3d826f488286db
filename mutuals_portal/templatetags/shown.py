"""Tags for a page that shows two texts side by side, or how far long work has come."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutuals_portal import compared

register = template.Library()
# So many changes are led to by a link each.
LINKED = 20


@register.inclusion_tag("components/compared.html")
def compare(
    before: str, after: str, before_title: str, after_title: str, name: str = "change"
) -> dict[str, Any]:
    """Two texts side by side with what was removed and added. name: begins the ids of this one."""
    found = compared.compare(before, after)
    removed = {piece.change for piece in found.before}
    places = range(1, found.changes + 1)
    return {
        "count": found.changes,
        "places": places[:LINKED],
        "only_added": set(places) - removed,
        "name": name,
        "sides": [
            {"key": "before", "title": before_title, "pieces": found.before},
            {"key": "after", "title": after_title, "pieces": found.after},
        ],
    }


@register.inclusion_tag("components/progress.html")
def progress(
    title: str, done: int, steps: Sequence[str] = (), of: int = 0, late: bool = False
) -> dict[str, Any]:
    """How far long work has come: by its steps, of which `done` are done, or as `done` of a number.

    late: it takes longer than it should, which is said.
    """
    of = len(steps) or of
    done = max(0, min(done, of))
    words = [_count(done, of, is_steps=bool(steps)), *_now(steps[done:], late=late and done < of)]
    return {
        "title": title,
        "words": " ".join(words),
        "done": done,
        "of": max(of, 1),
        "steps": [_step(text, index - done) for index, text in enumerate(steps)],
    }


def _count(done: int, of: int, *, is_steps: bool) -> str:
    if done == of:
        return _("Finished.")
    if not is_steps:
        return _("%(done)s of %(of)s done.") % {"done": f"{done:,}", "of": f"{of:,}"}
    words = ngettext("%(done)s of %(of)s step done.", "%(done)s of %(of)s steps done.", of)
    return words % {"done": done, "of": of}


def _now(left: Sequence[str], *, late: bool) -> list[str]:
    said = [_("Now: %(step)s.") % {"step": left[0]}] if left else []
    if late:
        said.append(_("It is taking longer than it should. We will tell you in your inbox."))
    return said


def _step(text: str, after: int) -> dict[str, str]:
    """One step. after: how many steps it is after the one that is at work now."""
    if after < 0:
        return {"text": text, "kind": "is-done", "state": _("Done")}
    if after:
        return {"text": text, "kind": "is-to-come", "state": _("To come")}
    return {"text": text, "kind": "is-now", "state": _("Now")}
