"""Sentences are looked up where there may be a word, and come out as they did."""

import gettext

from django.conf import settings
from django.utils.translation import trans_real

from mutuals_portal import catalogues


def beneath(translation):
    found = []
    while (translation := translation._fallback) is not None:
        found.append(translation)
    return found


def test_the_portal_asks_no_empty_catalogue():
    assert beneath(trans_real.DjangoTranslation("en-gb")) != []
    assert beneath(trans_real.translation(settings.LANGUAGE_CODE)) == []


def test_every_sentence_comes_out_as_before():
    whole, less = (trans_real.DjangoTranslation("en-gb") for _ in range(2))
    catalogues.drop_empty(less)
    known = {each for each, _words in whole._catalog.items() if isinstance(each, str)}
    assert len(known) > 50
    for sentence in [*known, "A sentence that stands in no catalogue"]:
        assert less.gettext(sentence) == whole.gettext(sentence)
    for n in (1, 2):
        assert less.ngettext("%d case", "%d cases", n) == whole.ngettext("%d case", "%d cases", n)


def test_one_with_words_stays():
    first, empty, last = (gettext.GNUTranslations() for _ in range(3))
    for each, words in ((first, {}), (empty, {}), (last, {"a": "b"})):
        each._catalog, each.plural = {"": "head"} | words, bool
    first.add_fallback(empty)
    first.add_fallback(last)
    catalogues.drop_empty(first)
    assert beneath(first) == [last]
    assert first.gettext("a") == "b"
