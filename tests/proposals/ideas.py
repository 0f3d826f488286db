"""Ideas for tests."""

import datetime
import uuid

from django.core import signing

from accounts.models import Role
from activity import clock, links
from activity.actors import LinkHolder
from proposals.ideas import actions
from proposals.ideas.actions import From
from proposals.ideas.forms import SALT
from proposals.ideas.models import MINE, Idea
from tests.factories import somebody

CANARIES = {
    "name": "Canary Nameson",
    "email": "canary@home.example",
    "reach": "Canary after six",
    "workplace": "Canary Isle Trust",
}
CANARY_WORDS = "Canaries could run the lighthouse."


def idea(words=CANARY_WORDS, sender=None, **more):
    return actions.receive(
        words=words, sender=sender or From(**CANARIES), once=uuid.uuid4(), **more
    )


def coordinator():
    return somebody(Role.COORDINATOR)


def holder(made, *, proved=True):
    return LinkHolder(MINE, Idea._meta.label_lower, made.pk, made.sender.email, proved)


def token(made, address=""):
    return links.issue(MINE, made, address=address)


def form(age=60, **typed):
    drawn = clock.now() - datetime.timedelta(seconds=age)
    began = signing.dumps([str(uuid.uuid4()), drawn.timestamp()], salt=SALT)
    return {"words": CANARY_WORDS, "employer_may_know": "no", "website": "", "began": began} | typed
