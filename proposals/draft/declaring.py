"""What everybody declares who signs a proposal."""

from django.utils.translation import gettext_lazy as _

DECLARATIONS = [
    ("accurate", _("What the proposal says is accurate as far as I know.")),
    ("authority", _("I speak for the team named in it.")),
    ("staff", _("We have told the staff concerned about it, and have said here what they said.")),
    ("conflicts", _("I have told the team about any conflict of interest that I have.")),
    (
        "employer",
        _(
            "I agree that the employer may be told of the proposal, without our names, once it is "
            "submitted."
        ),
    ),
    (
        "data",
        _(
            "I have read in the privacy notice who will see what I wrote, and for how long it is kept."
        ),
    ),
    (
        "published",
        _(
            "I know that, if it is approved, the name of the mutual, its service, its place and its "
            "employer may be published."
        ),
    ),
    (
        "contract",
        _("I understand that being found suitable is not a contract."),
    ),
]
