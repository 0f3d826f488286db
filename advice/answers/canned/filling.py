"""What stands in braces in a canned answer and is filled in when it is put into a reply. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# variable -> what it stands for, as leads read it. The names are codes: they are in every answer.
VARIABLES: dict[str, str | Promise] = {
    "name": _("the name the enquirer gave"),
    "reference": _("the reference of the enquiry"),
    "adviser": _("your own first name"),
    "provider": _("the body that you answer for"),
    "opening hours": _("when the line is open"),
    "telephone": _("the number of the line"),
}
BRACES = re.compile(r"\{([^{}\n]*)\}")
# A brace that has no partner is a variable that somebody began to write.
ALONE = re.compile(r"\{[^{}\n]{0,40}|\}")
GAP = "[fill in: {}]"
NAMES = "|".join(map(re.escape, VARIABLES))
LEFT = re.compile(rf"\[fill in: [a-z ]+\]|\{{(?:{NAMES})\}}")
# So many words in a row are no accident: a stretch of them that is left is the answer's own.
OWN_WORDS = 5


def unknown(words: str) -> list[str]:
    """What stands in braces and is no variable, each once, as it was typed."""
    named = [found[0] for found in BRACES.finditer(words) if found[1] not in VARIABLES]
    alone = ALONE.findall(BRACES.sub("", words))
    return list(dict.fromkeys([*named, *alone]))


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each variable filled in; where nothing is known, a gap that shows."""
    return BRACES.sub(lambda found: values.get(found[1]) or GAP.format(found[1]), words)


def gaps(words: str) -> list[str]:
    """What is still to be filled in before the enquirer may read it, each once."""
    return list(dict.fromkeys(LEFT.findall(words)))


def is_left(answer: str, words: str) -> bool:
    """Whether something of an answer is in these words still, word for word."""
    sentences = re.split(r"(?<=[.?:])\s+|\n+", answer)
    own = [each for each in sentences if len(each.split()) >= OWN_WORDS and "{" not in each]
    return any(each in words for each in own or [answer.strip()])
