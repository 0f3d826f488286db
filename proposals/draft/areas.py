"""The nations and council areas that a service can cover, with their codes, found as people type them."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import cache

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What people say with the name of an area, and what is no part of it.
AROUND = re.compile(
    r"\b(?:(?:london|royal|metropolitan) borough|borough|district|city|county|council|the|of)\b"
)
CODE = re.compile(r"[ENSW][0-9]{8}")


@cache
def areas() -> dict[str, str]:
    """Name -> code: the nations first, then every council area."""
    facts = json.loads((settings.FACTS_DIR / "areas.json").read_text("utf-8"))
    return {**facts["nations"], **facts["councils"]}


def find(typed: str) -> str | None:
    """The name of the area that somebody means, by its name or its code; None if none is."""
    if CODE.fullmatch(typed.strip().upper()):
        return next((name for name, code in areas().items() if code == typed.strip().upper()), None)
    return _by_word().get(_plain(typed))


def like(typed: str) -> str | None:
    """The area whose name is most like what was typed, or None."""
    close = get_close_matches(_plain(typed)[:100], _by_word(), n=1, cutoff=0.7)
    return _by_word()[close[0]] if close else None


@cache
def _by_word() -> dict[str, str]:
    return {_plain(name): name for name in areas()}


def _plain(name: str) -> str:
    words = re.sub(r"[^\w ]", " ", name.lower().replace("&", " and "))
    return " ".join(AROUND.sub(" ", words).split())


class AreaInput(forms.TextInput):
    """A text box that offers the names of areas."""

    offers = staticmethod(areas)


class AreaField(forms.CharField):
    """An area by its name, as in "Leicester" or "Eden district", or by its code. Gives its name."""

    widget = AreaInput

    def clean(self, value: str) -> str:
        typed = super().clean(value)
        found = find(typed)
        if found:
            return found
        meant = like(typed)
        if meant:
            raise ValidationError(
                _("Check “%(typed)s”: did you mean %(meant)s?")
                % {"typed": typed[:60], "meant": meant}
            )
        raise ValidationError(
            _("Enter a council area or a nation. We do not know “%(typed)s”.")
            % {"typed": typed[:60]}
        )
