"""The kinds of messages about enquiries, and what their readers may choose about their mail."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity.kinds import How, Kind, in_role

advisers = in_role(Role.ADVISER, Role.ADVICE_LEAD)
leads = in_role(Role.ADVICE_LEAD)

ENQUIRIES = _("Enquiries")

KINDS = (
    Kind("enquiry.receive"),
    Kind("enquiry.reply"),
    Kind("enquiry.wait"),
    Kind("enquiry.remind", in_office_hours=True),
    Kind("enquiry.settle", in_office_hours=True),
    Kind("enquiry.let_rest", in_office_hours=True),
    Kind("enquiry.find"),
    Kind("enquiry.leave"),
    Kind("enquiry.send_again"),
    Kind(
        "enquiry.hand_over",
        _("An enquiry was handed to you"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        asks=True,
    ),
    Kind(
        "enquiry.lead",
        _("An enquiry waits for a lead"),
        ENQUIRIES,
        (leads,),
        why=_("Somebody may be at risk, or nobody else can take it."),
        asks=True,
    ),
    Kind(
        "enquiry.go_on",
        _("The day until which you waited for somebody else has come"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        asks=True,
    ),
    Kind(
        "enquiry.add", _("An enquirer wrote again"), ENQUIRIES, (advisers,), mailed=False, asks=True
    ),
    Kind(
        "enquiry.breach",
        _("An enquiry is late"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        in_office_hours=True,
        asks=True,
    ),
    Kind(
        "enquiry.held",
        _("Mail to an enquirer was held"),
        ENQUIRIES,
        (advisers,),
        mailed=False,
        asks=True,
    ),
    Kind(
        "enquiry.ask_check",
        _("A colleague asks you to read a reply"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        asks=True,
    ),
    Kind("enquiry.check", _("Your reply has been read"), ENQUIRIES, (advisers,), How.OFF),
    Kind(
        "enquiry.attachment_infected",
        _("A virus was found in a file"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        asks=True,
    ),
    Kind("enquiry.withdraw", _("An enquirer stopped"), ENQUIRIES, (advisers,), mailed=False),
)
