"""What would help a draft most now: worked out from how far it is and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from proposals.draft.completeness import Progress, TopicProgress
from proposals.draft.questions import Page, Stage, Topic

MOST = 3


@dataclass(frozen=True)
class Help:
    """One thing to do: the words of its link, why, and where. page: None for the whole section."""

    words: str
    why: str
    topic: Topic
    page: Page


def helps(sections: list[TopicProgress]) -> list[Help]:
    """The most useful things to do, at most three: no section twice.

    What is wrong comes first, then what is begun and needed before people sign, then what costs
    more than it saves, then what is begun, then what is not.
    """
    found: dict[str, Help] = {}
    for each in _all(sections):
        found.setdefault(each.topic.key, each)
    return list(islice(found.values(), MOST))


def _all(sections: list[TopicProgress]) -> Iterator[Help]:
    yield from (_wrong(each) for each in sections if each.wrong)
    begun = [each for each in sections if each.progress == Progress.IN_PROGRESS]
    yield from (_go_on(each) for each in begun if each.open_at(Stage.SIGN))
    yield from (_warned(each) for each in sections if each.warning)
    new = [each for each in sections if each.progress == Progress.NOT_STARTED]
    yield from (_start(each) for each in new if each.open_at(Stage.SIGN))
    yield from (_go_on(each) for each in begun)
    yield from (_start(each) for each in new)


def _wrong(each: TopicProgress) -> Help:
    page, reason = each.wrong or (each.next_page, "")
    words = _("Put “%(page)s” right") % {"page": page.title}
    return Help(words, reason, each.topic, page)


def _warned(each: TopicProgress) -> Help:
    words = _("Look again at “%(section)s”") % {"section": each.topic.title}
    return Help(words, each.warning, each.topic, each.topic.pages[0])


def _go_on(each: TopicProgress) -> Help:
    page = (each.open_at(Stage.SIGN) or (each.next_page,))[0]
    words = _("Go on with “%(section)s”") % {"section": each.topic.title}
    why = _("next is “%(page)s”") % {"page": page.title}
    return Help(words, why, each.topic, page)


def _start(each: TopicProgress) -> Help:
    words = _("Start “%(section)s”") % {"section": each.topic.title}
    why = _("about %(minutes)d minutes") % {"minutes": each.topic.minutes}
    return Help(words, why, each.topic, each.next_page)
