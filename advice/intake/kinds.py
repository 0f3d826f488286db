"""The kinds of messages about enquiries, and what their readers may choose about their mail."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from activity.kinds import How, Kind, in_role

advisers = in_role(Role.ADVISER, Role.ADVICE_LEAD)

ENQUIRIES = _("Enquiries")

KINDS = (
    Kind("enquiry.receive"),
    Kind("enquiry.reply"),
    Kind("enquiry.wait"),
    Kind("enquiry.leave"),
    Kind(
        "enquiry.hand_over",
        _("An enquiry was handed to you"),
        ENQUIRIES,
        (advisers,),
        How.DAY,
        asks=True,
    ),
    Kind(
        "enquiry.add", _("An enquirer wrote again"), ENQUIRIES, (advisers,), mailed=False, asks=True
    ),
    Kind("enquiry.withdraw", _("An enquirer stopped"), ENQUIRIES, (advisers,), mailed=False),
)
