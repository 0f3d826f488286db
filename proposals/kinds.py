"""The kinds of messages about proposals, and what their readers may choose about their mail."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity.actors import roles_of
from activity.kinds import How, Kind, in_role
from proposals.draft.models import Member
from proposals.draft.models.proposal import OFFICIALS


def in_a_team(user: User) -> bool:
    """Whoever is in a team, and whoever has no role and so may yet be."""
    return not roles_of(user) or Member.objects.current().filter(user=user).exists()


officials = in_role(*OFFICIALS)
decision_makers = in_role(Role.DECISION_MAKER)

TEAM = _("Your proposals")
CASES = _("Cases")
COLLEAGUES_WAIT = _("Your colleagues cannot go on without you.")
RECEIPT = _("It is your receipt.")
OUTCOME = _("Dates by which you may act run from that day.")
STANDS_STILL = _("The case stands still until you have acted.")

KINDS = (
    Kind(
        "ballot.call_off",
        _("A vote of staff was called off"),
        TEAM,
        (in_a_team,),
        How.OFF,
    ),
    Kind(
        "ballot.close",
        _("A vote of staff has closed"),
        TEAM,
        (in_a_team,),
        why=_("Its result decides whether you can go on."),
    ),
    Kind("ballot.open", is_private=True),
    Kind("ballot.replace", _("A vote has another scrutineer"), TEAM, (in_a_team,), How.OFF),
    Kind("ballot.scrutineer"),
    Kind("employer.decided"),
    Kind("employer.escalate"),
    Kind("employer.invite"),
    Kind("employer.remind", in_office_hours=True),
    Kind("idea.receive"),
    Kind("idea.thank"),
    Kind("idea.take_up"),
    Kind("member.invite"),
    Kind(
        "proposal.ask_sign_off",
        _("You are asked to read and sign a proposal"),
        TEAM,
        (in_a_team,),
        why=COLLEAGUES_WAIT,
    ),
    Kind("proposal.hand_over", _("You lead a team now"), TEAM, (in_a_team,), How.DAY),
    Kind("proposal.leave", _("Somebody left your team"), TEAM, (in_a_team,), How.OFF),
    Kind("proposal.submit", _("We have your proposal"), TEAM, (in_a_team,), why=RECEIPT),
    Kind(
        "proposal.return_incomplete",
        _("Something is missing in your proposal"),
        TEAM,
        (in_a_team,),
        why=_("It is your draft again, and nobody here goes on with it."),
    ),
    Kind(
        "proposal.ask_changes",
        _("The reviewers ask for changes"),
        TEAM,
        (in_a_team,),
        why=_("Nobody here goes on until your team has answered."),
    ),
    Kind("proposal.decided", _("There is a decision"), TEAM, (in_a_team,), why=OUTCOME),
    Kind("proposal.employer_answer", _("Your employer has answered"), TEAM, (in_a_team,), How.DAY),
    Kind("proposal.message", _("The reviewers wrote to you"), TEAM, (in_a_team,), How.DAY),
    Kind("proposal.begin", _("Assessment has begun"), TEAM, (in_a_team,), How.DAY),
    Kind("proposal.reopen", _("Your signature no longer counts"), TEAM, (in_a_team,), How.DAY),
    Kind(
        "proposal.lapse_warning",
        _("A proposal will lapse"),
        TEAM,
        (in_a_team,),
        why=_("It lapses when nobody in your team acts."),
        in_office_hours=True,
    ),
    Kind(
        "proposal.lapse",
        _("A proposal has lapsed"),
        TEAM,
        (in_a_team,),
        why=_("It can be brought back only until a day that the message names."),
        in_office_hours=True,
    ),
    Kind(
        "proposal.document_infected",
        _("A virus was found in a document"),
        TEAM,
        (in_a_team,),
        How.DAY,
    ),
    Kind("proposal.revive", _("A proposal was brought back"), TEAM, (in_a_team,), How.OFF),
    Kind("proposal.withdraw", _("Your team lead stopped a proposal"), TEAM, (in_a_team,), How.OFF),
    Kind(
        "proposal.recommend",
        _("A recommendation waits to be countersigned"),
        CASES,
        (decision_makers,),
        why=STANDS_STILL,
        asks=True,
    ),
    Kind(
        "case.countersign",
        _("A case is ready to be decided"),
        CASES,
        (decision_makers,),
        why=STANDS_STILL,
        asks=True,
    ),
    Kind(
        "case.send_back",
        _("Your recommendation has come back"),
        CASES,
        (officials,),
        why=STANDS_STILL,
        asks=True,
    ),
    Kind(
        "case.defer",
        _("The team is asked once more before a decision"),
        CASES,
        (decision_makers, officials),
        How.DAY,
        asks=True,
    ),
    Kind("employer.answer", _("An employer has answered"), CASES, (officials,), How.DAY, asks=True),
    Kind("case.concern", _("A concern about an employer"), CASES, (officials,), How.DAY, asks=True),
    Kind(
        "case.employer_silent",
        _("An employer stays silent"),
        CASES,
        (officials,),
        How.DAY,
        asks=True,
    ),
    Kind(
        "case.department_reply",
        _("A department replied about its employer"),
        CASES,
        (officials,),
        How.DAY,
        asks=True,
    ),
    Kind("case.assign", _("A case was given to you"), CASES, (officials,), How.DAY, asks=True),
    Kind("case.mention", _("A colleague mentioned you in a note"), CASES, (officials,), How.DAY),
    Kind(
        "case.remind",
        _("Somebody reminds you of cases that wait for you"),
        CASES,
        (officials,),
        How.DAY,
        in_office_hours=True,
        asks=True,
    ),
    Kind(
        "case.uncovered",
        _("Nobody stands in for a case"),
        CASES,
        (officials,),
        How.DAY,
    ),
    Kind(
        "case.replace",
        _("A colleague can go on with a case no longer"),
        CASES,
        (officials,),
        why=STANDS_STILL,
        asks=True,
    ),
    Kind(
        "case.ask_recall",
        _("Somebody asks to take a decision back"),
        CASES,
        (decision_makers,),
        why=_("The letter waits until somebody has answered."),
        asks=True,
    ),
    Kind(
        "case.refuse_recall",
        _("A decision that you asked to take back stands"),
        CASES,
        (decision_makers,),
        How.OFF,
    ),
    Kind(
        "case.ask_exempt",
        _("Somebody proposes that a service is exempt"),
        CASES,
        (officials,),
        How.DAY,
        asks=True,
    ),
    Kind(
        "case.refuse_exempt",
        _("An exemption that you proposed was refused"),
        CASES,
        (decision_makers,),
        How.OFF,
    ),
    Kind(
        "proposal.resubmit", _("A team sent a new version"), CASES, (officials,), How.DAY, asks=True
    ),
    Kind(
        "case.message",
        _("A team wrote to the reviewers"),
        CASES,
        (officials,),
        mailed=False,
        asks=True,
    ),
)
