"""The files of a reply: listed, added, taken out; and any file of an enquiry as a download."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.people import signed_in
from activity.documents import DocumentForm, download, refusal
from activity.scripts import by_script
from activity.workflow import draw_only_if
from advice.answers import steps
from advice.answers.attaching import actions
from advice.intake import attaching
from advice.intake.desk import answering, readable, step_methods
from advice.intake.models import Attachment


@answering
@step_methods
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """The files that go with my reply, and a form that adds one."""
    user, found = signed_in(request), readable(request, reference)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.attach(enquiry=found, by=user, **form.cleaned_data)
        except attaching.NotAttached as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(
                request, _("“%s” goes with your reply.") % form.cleaned_data["file"].name
            )
            then = reverse("advice:attach", args=[reference])
            return JsonResponse({"then": then}) if by_script(request) else redirect(then)
    draw_only_if(steps.REPLY, user, found)
    files = attaching.tell(Attachment.objects.waiting_of(found, user), to_enquirer=False)
    page = {"form": form, "enquiry": found, "files": files, "most": attaching.MOST}
    return render(request, "advice/attach.html", page)


@answering
@require_POST
def detach(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take a file out of my reply. Pressed twice, it is gone once."""
    user, found = signed_in(request), readable(request, reference)
    attachment = Attachment.objects.waiting_of(found, user).filter(key=key).first()
    if attachment is not None:
        actions.detach(attachment=attachment, by=user)
        messages.success(request, _("“%s” is taken out.") % attachment.name)
    return redirect("advice:attach", reference=reference)


@answering  # type: ignore[arg-type]  # a file comes in pieces
@require_safe
def attachment(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A file as a download, for whoever may read the words that it came with."""
    user, found = signed_in(request), readable(request, reference)
    seen = Attachment.objects.visible_to(user).filter(enquiry=found)
    document = get_object_or_404(seen, key=key)
    beyond = attaching.is_beyond(document, to_enquirer=False)
    return refusal(request, document, beyond_its_owners=beyond) or download(document)
