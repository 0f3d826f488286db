"""The two forms of the workbook: a file, and what it was shown to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.uploads import UploadField, size_in_words
from proposals.draft.models import Proposal
from proposals.draft.questions import Answers
from proposals.money.workbook import layout
from proposals.money.workbook.actions import seen_of
from proposals.money.workbook.marks import Marks
from proposals.money.workbook.opening import MOST_BYTES, Refused
from proposals.money.workbook.reading import Brought, read

SALT = "proposals.workbook"
LASTS = 24 * 60 * 60
UPLOAD_AGAIN = _("This page is a day old or did not load whole. Choose the workbook again.")


class WorkbookForm(forms.Form):
    """A workbook of one proposal, to be looked at. `brought` is what it says, once it is valid."""

    file = UploadField(
        most=MOST_BYTES,
        accept=".xlsx",
        label=_("Workbook"),
        help_text=_("The file that you filled in, as .xlsx. At most %(most)s.")
        % {"most": size_in_words(MOST_BYTES)},
        error_messages={"required": _("Choose the workbook that you filled in")},
    )

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reference = reference

    def clean_file(self) -> Brought:
        try:
            return read(self.cleaned_data["file"].read(), self.reference)
        except Refused as refused:
            said = _("%(why)s. Nothing was brought in.") % {"why": refused}
            raise ValidationError(said, code="refused") from refused


class SheetForm(forms.Form):
    """A workbook whose changes were shown: its answers, sealed, so that nothing of it is kept here.

    The seal is good for a day, one proposal and one person, and while the form is the same.
    """

    sheet = forms.CharField(widget=forms.HiddenInput, error_messages={"required": UPLOAD_AGAIN})

    def __init__(self, *args: Any, proposal: Proposal, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, self.by = proposal, by

    def clean_sheet(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = signing.loads(
                self.cleaned_data["sheet"], salt=_salt(self.proposal, self.by), max_age=LASTS
            )
        except signing.BadSignature as error:
            raise ValidationError(UPLOAD_AGAIN) from error
        if Marks(*found["marks"]).form != layout.version(layout.sheets()):
            raise ValidationError(UPLOAD_AGAIN)
        return found

    @property
    def brought(self) -> Brought:
        """What the workbook says."""
        found = self.cleaned_data["sheet"]
        return Brought(Marks(*found["marks"]), found["answers"])

    @property
    def seen(self) -> dict[str, str]:
        """The marks of what the preview was drawn from."""
        seen: dict[str, str] = self.cleaned_data["sheet"]["seen"]
        return seen


def sealed(brought: Brought, answers: Answers, *, proposal: Proposal, by: User) -> str:
    """What a workbook says, as a page carries it. answers: those that its changes were shown for."""
    marks = brought.marks
    said = {
        "answers": brought.answers,
        "marks": [marks.proposal, marks.form, marks.figures],
        "seen": seen_of(answers),
    }
    return signing.dumps(said, salt=_salt(proposal, by), compress=True)


def _salt(proposal: Proposal, by: User) -> str:
    return f"{SALT}.{proposal.pk}.{by.pk}"
