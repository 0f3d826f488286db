"""The eleven topics of the questions, but for the money, which its own part brings."""

from proposals.draft import promises
from proposals.draft.questions import register
from proposals.draft.topics.assets import ASSETS
from proposals.draft.topics.award import AWARD
from proposals.draft.topics.employer import EMPLOYER
from proposals.draft.topics.indicators import promised
from proposals.draft.topics.model import MODEL
from proposals.draft.topics.quality import QUALITY
from proposals.draft.topics.service import SERVICE
from proposals.draft.topics.staff import STAFF
from proposals.draft.topics.support import SUPPORT
from proposals.draft.topics.team import TEAM
from proposals.draft.topics.workforce import WORKFORCE

for topic in (
    *(SERVICE, TEAM, STAFF, EMPLOYER, MODEL),
    *(QUALITY, WORKFORCE, ASSETS, AWARD, SUPPORT),
):
    register(topic)
promises.register(QUALITY.key, promised)
