"""Whether an employer has been heard on a version, which a recommendation waits for: silence ends."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.dates import in_words
from activity.workflow import YES, Answer, because
from proposals.draft.models import Proposal
from proposals.employer.models import EmployerAnswer, Heard

# What whoever recommends reads before they press.
BEFORE: dict[Heard, str | Promise] = {
    Heard.EARLIER: gettext_lazy(
        "The employer answered about an earlier version, and not about this one. You can recommend "
        "as it is, and the letter says so; or have an official asked once more."
    ),
    Heard.SILENT: gettext_lazy(
        "The employer has not answered in the time that it had. You can recommend without its "
        "answer, and the letter says so. Silence counts neither as a yes nor as a no."
    ),
}
# What the letter says of it to the team.
IN_THE_LETTER: dict[Heard, str | Promise] = {
    Heard.EARLIER: gettext_lazy(
        "Your employer answered about an earlier version, and not about this one."
    ),
    Heard.SILENT: gettext_lazy(
        "Your employer was asked and had not answered when we judged it; that counted neither for "
        "nor against it."
    ),
}


def has_had_its_time(proposal: Proposal) -> Answer:
    """Yes once the employer has answered, or once the day that it was given has passed."""
    due = proposal.employer_due_on
    if proposal.employer_answered_at is not None:
        return YES
    if due is None:
        return because(
            _(
                "Find the employer's official first. Nobody has been asked yet, so the employer's "
                "time to answer has not begun."
            )
        )
    if clock.today() <= due:
        said = _("The employer may still answer, until %(day)s. Recommend then, or once it has.")
        return because(said % {"day": in_words(due)})
    return YES


def heard(proposal: Proposal) -> Heard:
    """How far the employer has been heard on the version that was submitted last; read anew."""
    answers = EmployerAnswer.objects.filter(version=OuterRef("pk"))
    versions = proposal.versions.order_by("-number").annotate(is_answered=Exists(answers))
    newest_first = list(versions.values_list("is_answered", flat=True))
    if any(newest_first[:1]):
        return Heard.ANSWERED
    return Heard.EARLIER if any(newest_first) else Heard.SILENT
