"""Saving a page of a draft while somebody still types: the same as its button, told in JSON."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import signed_in
from activity.dates import time_in_words
from proposals.draft import actions
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Proposal, Section
from proposals.draft.questions import Page, PageForm, Topic

# A script names no more of its own texts than this: those that it had no answer to.
MOST_SENT = 2


def autosave(request: HttpRequest, found: Proposal, about: Topic, asked: Page) -> JsonResponse:
    """Save what is typed so far, right or wrong, and tell the script what to say of it.

    200: `said`, and `seen`, the mark of what is saved now. 409 and 403: nothing was written and
    more tries would not help; `said` tells why and what to do.
    """
    try:
        section = save(request, found, about, asked, asked.form(request.POST))
    except actions.Clash as clash:
        return _refused(_in_between(request, clash.section), 409)
    except actions.Closed:
        return _refused(
            _("Not saved: this draft is closed to changes now. Copy what you typed."), 409
        )
    except PermissionDenied as refused:
        why = str(refused) or _("You can only read this now.")
        return _refused(_("Not saved. %(why)s Copy what you typed.") % {"why": why}, 403)
    said = _("Saved at %(time)s") % {"time": _time(section)}
    return JsonResponse({"said": said, "seen": mark_of(section.answers, asked)})


def save(
    request: HttpRequest, found: Proposal, about: Topic, asked: Page, form: PageForm
) -> Section:
    """Save what a page of questions brought, by its button or by itself; raises as `save_page`."""
    seen, sent = request.POST.get("seen", ""), _sent_before(request, asked)
    return actions.save_page(found, about, asked, form, seen=seen, sent=sent, by=signed_in(request))


def _sent_before(request: HttpRequest, asked: Page) -> set[str]:
    """The marks of texts that this very page sent before, with no answer yet: one may be saved.

    Without them a page whose answer was lost on the way would clash with itself.
    """
    texts = request.POST.getlist("sent")[:MOST_SENT]
    return {mark_of(asked.form(QueryDict(text)).typed(), asked) for text in texts}


def _in_between(request: HttpRequest, theirs: Section) -> str:
    """That somebody saved first. It may be the same person, in another window."""
    if theirs.saved_by == request.user:
        words = _(
            "Not saved: you saved this page at %(time)s in another window. "
            "Press the button to see both texts."
        )
        return words % {"time": _time(theirs)}
    words = _("Not saved: %(who)s saved this page at %(time)s. Press the button to see both texts.")
    return words % {"who": theirs.saved_by or _("a colleague"), "time": _time(theirs)}


def _time(section: Section) -> str:
    return time_in_words(timezone.localtime(section.saved_at).time()) if section.saved_at else ""


def _refused(said: str, status: int) -> JsonResponse:
    return JsonResponse({"said": said}, status=status)
