"""The pages of a team's steps, one verb each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.people import signed_in
from activity import clock
from activity.forms import SeenForm
from activity.workflow import revision_known_to
from proposals.draft import actions, completeness, steps
from proposals.draft.forms import SignersForm, SignForm, WithdrawForm
from proposals.draft.freezing import to_submit
from proposals.draft.listed import listed
from proposals.draft.models import Proposal, SchemeVersion, Section, Signature, Status
from proposals.draft.promises import promised, promised_in
from proposals.draft.questions import Stage
from proposals.draft.shown import declared_in, groups_of
from proposals.draft.views.finding import VERB, of_my_team, verb_page, writing_at
from proposals.draft.views.versions import pdf_words


@login_required
@VERB
def ask_sign_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the text and ask people to sign it."""
    found = of_my_team(request, reference)
    form = SignersForm(request.POST or None, proposal=found, initial=_seen(request, found))
    is_draft = found.status == Status.DRAFT
    late = completeness.open_pages(found, Stage.SUBMIT) if is_draft else []
    return verb_page(
        request,
        found,
        steps.ASK_SIGN_OFF,
        form,
        actions.ask_sign_off,
        then=writing_at(found),
        title=_("Ask people to sign"),
        lines=[
            _(
                "Nobody can change the text while people sign it. If somebody opens it again, "
                "every signature is taken off, and they are told."
            ),
            *([_still_missing(len(late))] if late else []),
        ],
        back=writing_at(found),
    )


@login_required
@VERB
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Read this text, declare, and sign it."""
    found = of_my_team(request, reference)
    mine = Signature.objects.missing().filter(proposal=found, user=signed_in(request)).first()
    form = SignForm(
        request.POST or None,
        scheme=SchemeVersion.objects.in_force(clock.today()),
        initial={"asked": mine.key if mine else None},
    )
    typed = dict(Section.objects.filter(proposal=found).values_list("key", "answers"))
    return verb_page(
        request,
        found,
        steps.SIGN,
        form,
        actions.sign,
        then=writing_at(found),
        template="proposals/sign.html",
        title=_("Read and sign"),
        groups=groups_of(typed),
        promised=promised(typed),
        documents=listed(to_submit(found), beyond_its_owners=False),
    )


@login_required
@VERB
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the text again."""
    found = of_my_team(request, reference)
    form = SeenForm(request.POST or None, initial=_seen(request, found))
    signed = Signature.objects.current().filter(proposal=found, signed_at__isnull=False)
    names = ", ".join(str(row.user) for row in signed.select_related("user"))
    lines = [_("Everybody who was asked to sign is told, and will be asked once more.")]
    if names:
        lines.insert(0, _("This takes the signatures off that were given: %s.") % names)
    return verb_page(
        request,
        found,
        steps.REOPEN,
        form,
        actions.reopen,
        then=writing_at(found),
        title=_("Open the proposal again?"),
        lines=lines,
        button=_("Open it and take signatures off"),
        warning=True,
        back=writing_at(found),
    )


@login_required
@VERB
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit what was signed."""
    found = of_my_team(request, reference)
    form = SeenForm(request.POST or None, initial=_seen(request, found))
    typed = dict(Section.objects.filter(proposal=found).values_list("key", "answers"))
    return verb_page(
        request,
        found,
        steps.SUBMIT,
        form,
        actions.submit,
        then=reverse("proposals:receipt", args=[found.reference]),
        title=_("Submit your proposal?"),
        lines=[
            _("It goes to the Cabinet Office as it was signed, and cannot be changed after that."),
            _(
                "We then tell one official of your employer that there is a proposal, and for which "
                "service, and ask for an answer within %(days)s working days."
            )
            % {"days": SchemeVersion.objects.in_force(clock.today()).employer_days},
            _("Your names stay hidden from your employer.")
            if found.names_hidden
            else _("Your employer may then see your names."),
        ],
        promised=promised(typed),
        back=_tasks(found),
    )


@login_required
@VERB
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop the proposal, and say why."""
    found = of_my_team(request, reference)
    form = WithdrawForm(request.POST or None, initial=_seen(request, found))
    lines = [
        _("It stops for good. Your team can still read it, and nothing is held against you."),
        _("You can start another one at any time."),
    ]
    if found.employer_due_on:
        lines.insert(1, _("Whoever was asked at your employer reads that it was stopped, not why."))
    return verb_page(
        request,
        found,
        steps.WITHDRAW,
        form,
        actions.withdraw,
        then=reverse("proposals:proposal", args=[found.reference]),
        template="proposals/withdraw.html",
        title=_("Withdraw this proposal?"),
        lines=lines,
        who_reads=_(
            "Officials who read your proposal read what you say here. Your employer and the public "
            "never do."
        )
        if found.submitted_at
        else _("Officials do not read what you say here, because you have not submitted it."),
        button=_("Withdraw the proposal"),
        warning=True,
    )


@login_required
@VERB
def revive(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a proposal back that lapsed."""
    found = of_my_team(request, reference)
    form = SeenForm(request.POST or None, initial=_seen(request, found))
    return verb_page(
        request,
        found,
        steps.REVIVE,
        form,
        actions.revive,
        then=reverse("proposals:proposal", args=[found.reference]),
        title=_("Bring this proposal back?"),
        lines=[
            _("It goes back to where it was, with everything that your team wrote."),
            _("Nobody's signature counts any more. You ask for signatures again when it is ready.")
            if found.submitted_at is None
            else _(
                "What the reviewers asked is open again. The clock stands still until you answer."
            ),
        ],
        button=_("Bring it back"),
    )


@login_required
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What was submitted when, with its fingerprint, what was declared, and what comes next."""
    found = of_my_team(request, reference)
    if found.submitted_at is None:
        raise Http404
    version = found.versions.select_related("scheme", "pdf").defer("pdf__data").latest()
    shown = {"version": version, "declared": declared_in(version), **pdf_words(version)}
    shown["promised"] = promised_in(version)
    return render(request, "proposals/receipt.html", {"proposal": found} | shown)


def _still_missing(count: int) -> str:
    """What to know before people sign a text that cannot be submitted as it stands."""
    said = ngettext(
        "It cannot be submitted yet: %(count)d page still lacks something that is needed by then. "
        "To fill it in later, somebody must open the text again.",
        "It cannot be submitted yet: %(count)d pages still lack something that is needed by then. "
        "To fill them in later, somebody must open the text again.",
        count,
    )
    return said % {"count": count}


def _seen(request: HttpRequest, found: Proposal) -> dict[str, int]:
    return {"seen": revision_known_to(signed_in(request), found)}


def _tasks(found: Proposal) -> str:
    return reverse("proposals:tasks", args=[found.reference])
