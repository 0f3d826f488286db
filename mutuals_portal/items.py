"""The items of a component, with what each has by default."""

from typing import Any

from mutuals_portal.components import NOTHING, Options, Text

# The options that are asked for here.
FOR_CHOICES = ("items", "name", "value", "values")
FOR_DATES = ("items", "day", "month", "year", "values", "namePrefix", "id", "errorMessage")
WIDTHS = {"day": 2, "month": 2, "year": 4}
ERROR, WIDTH = "govuk-input--error", "govuk-input--width-"


def numbered(values: Any, prefix: str = "") -> list[Options]:
    """The items that are not empty, each with its number and an id; an empty place is counted."""
    return [
        Options(item, number=Text(number), ref=Text(f"{prefix}-{number}"))
        for number, item in enumerate(values or [], 1)
        if item
    ]


def links(values: Any) -> list[Options]:
    """The items of a navigation that are not empty, each with its `aria-current`."""
    return [
        Options(item, here="page" if item.get("current") else "true" if item.get("active") else "")
        for item in values or []
        if item
    ]


def choices(options: dict[str, Any], prefix: str, described: str) -> list[Options]:
    """The radios or checkboxes to draw; a place left empty still counts in the ids of the rest.

    described: the ids of what is said about the question, where no fieldset says it.
    """
    chosen = options["values"] or ([options["value"]] if options["value"] else [])
    found = []
    for number, item in enumerate(options["items"] or [], 1):
        if not item:
            continue
        id_ = item.get("id") or (prefix if number == 1 else f"{prefix}-{number}")
        hint = f"{id_}-item-hint" if item.get("hint") else ""
        revealed = (item.get("conditional") or NOTHING).get("html")
        here = item.get("value") in chosen and item.get("checked") is not False
        found.append(
            Options(
                item,
                id=id_,
                name=item.get("name") or options["name"],
                checked=bool(item.get("checked") or here),
                hintId=hint,
                controls=f"conditional-{id_}" if revealed else "",
                described=" ".join(filter(None, (described, hint))),
            )
        )
    return found


def boxes(options: dict[str, Any]) -> list[Options]:
    """The boxes to draw, given as `items`, or as `day`, `month` and `year` (False for none)."""
    values = options["values"] or {}
    parts = {name: part_of(options[name], name, values) for name in WIDTHS}
    drawn = [box for box in options["items"] or parts.values() if box]
    blamed = any(is_wrong(box) for box in drawn)
    prefix = f"{options['namePrefix']}-" if options["namePrefix"] else ""
    found = []
    for box in drawn:
        name, value, width = described(box, parts)
        everyone = options["errorMessage"] and not blamed and box.get("error") is not False
        found.append(
            Options(
                box,
                id=box.get("id") or f"{options['id']}-{name}",
                name=prefix + name,
                label=box.get("label") or name.capitalize(),
                inputmode=box.get("inputmode") or "numeric",
                value=values.get(prefix + name) if value is None else value,
                classes=classes_of(box, width, wrong=is_wrong(box) or bool(everyone)),
            )
        )
    return found


def part_of(given: Any, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """One of the three usual boxes; empty when it is not wanted."""
    if given is None:
        return {"name": name, "value": values.get(name)}
    return given or {}


def described(box: dict[str, Any], parts: dict[str, dict[str, Any]]) -> tuple[str, Any, int]:
    """A box's name, value and width; those of the day, month or year when it is one of them."""
    for name, part in parts.items():
        if box is part or box.get("name") in (name, part.get("name", name)):
            value = box.get("value", part.get("value"))
            return box.get("name") or name, value, WIDTHS[name]
    return box["name"], box.get("value"), 2


def is_wrong(box: dict[str, Any]) -> bool:
    return bool(box.get("error")) or ERROR in box.get("classes", "")


def classes_of(box: dict[str, Any], width: int, *, wrong: bool) -> str:
    """The classes of a box: those given, and before them what they do not say."""
    given = box.get("classes", "")
    found = [ERROR] if wrong and ERROR not in given else []
    if WIDTH not in given:
        found.append(f"{WIDTH}{width}")
    return " ".join([*found, given]).strip()
