"""The pages of a person's own account that django-allauth does not have."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import NameForm
from accounts.people import signed_in


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about me, each with a link to change it."""
    user = signed_in(request)
    protected = is_mfa_enabled(user)
    rows = [
        {"key": _("Name"), "value": user.name, "href": reverse("accounts:name")},
        {"key": _("E-mail for notices"), "value": user.email, "href": reverse("account_email")},
        {
            "key": _("Messages by mail"),
            "value": _("Chosen for each kind: at once, daily, or not by mail"),
            "href": reverse("activity:notices"),
        },
        {"key": _("Password"), "value": "••••••••", "href": reverse("account_change_password")},
        {
            "key": _("Second step when you sign in"),
            "value": _("On: a code from an app") if protected else _("Off"),
            "href": reverse("mfa_index"),
        },
    ]
    return render(request, "accounts/me.html", {"title": _("Your account"), "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Change my name."""
    user = signed_in(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        user.name = form.cleaned_data["name"]
        user.save(update_fields=["name"])
        messages.success(request, _("Your name is changed"))
        return redirect("accounts:me")
    words = {
        "title": _("Change your name"),
        "button": _("Save name"),
        "back": reverse("accounts:me"),
    }
    return render(request, "form_page.html", {"form": form, **words})
