"""The catalogues in which each sentence of a page is looked up."""

from __future__ import annotations

from typing import Any

from django.utils.translation import trans_real


def drop_empty(translation: Any) -> None:
    """Take the catalogues without a word out of the fallbacks of a translation.

    Django and each app that has words in English bring one for "en", in which there is nothing,
    for the sentences are English already. Most of ours stand in no catalogue, so all of these were
    asked in vain for each of a page's hundreds of sentences: a fifteenth of its time.
    """
    while (beneath := translation._fallback) is not None:
        if beneath._catalog.keys() <= {""}:
            translation._fallback = beneath._fallback
        else:
            translation = beneath


def prepare(language: str) -> None:
    """Do so for the one translation of a language that all requests share."""
    drop_empty(trans_real.translation(language))
