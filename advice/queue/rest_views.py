"""The pages of putting an enquiry off, waiting for somebody else, and going on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from activity.forms import SeenForm
from advice.intake.desk import answering, readable, step_methods
from advice.queue import rest_steps, resting
from advice.queue.rest_forms import RestForm, WaitOtherForm
from advice.queue.views import step_page


@answering
@step_methods
def snooze(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it off to a day."""
    enquiry = readable(request, reference)
    done = _("%(reference)s comes back by itself on that day.") % {"reference": reference}
    step, act = rest_steps.SNOOZE, resting.snooze
    return step_page(request, enquiry, step, RestForm, act, done=done, then="advice:desk")


@answering
@step_methods
def wait_other(request: HttpRequest, reference: str) -> HttpResponse:
    """Wait for somebody else until a day."""
    enquiry = readable(request, reference)
    done = _("%(reference)s is with you again on that day.") % {"reference": reference}
    step, act = rest_steps.WAIT_OTHER, resting.wait_other
    return step_page(request, enquiry, step, WaitOtherForm, act, done=done)


@answering
@step_methods
def go_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Wait for nobody any more."""
    enquiry = readable(request, reference)
    return step_page(request, enquiry, rest_steps.GO_ON, SeenForm, resting.go_on)
