"""To which provider an enquiry goes first, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Organisation
from advice.intake.models import Enquiry, Topic


def provider_for(topic: Topic | None) -> Organisation | None:
    """The provider that leads on the topic; None lets any provider take it.

    Source: domain guide 5.3, step 4 of the routing order.
    """
    return topic.lead if topic is not None else None


def reason(enquiry: Enquiry) -> str:
    """Why an enquiry is in the queue where it is, in one sentence."""
    topic, provider = enquiry.topic, enquiry.provider
    if provider is not None and (topic is None or topic.lead_id != provider.pk):
        return _("%(provider)s took it on.") % {"provider": provider}
    if topic is None:
        return _("No topic was chosen, so any provider may take it.")
    if provider is None:
        return _("No provider leads on this topic, so any may take it.")
    return _("%(provider)s leads on this topic.") % {"provider": provider}
