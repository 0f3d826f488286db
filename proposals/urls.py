"""Every address of this app, part by part."""

from proposals.ballot import urls as ballot
from proposals.check import urls as check
from proposals.decision import urls as decision
from proposals.draft import urls as draft
from proposals.employer import urls as employer
from proposals.figures import urls as figures
from proposals.ideas import urls as ideas
from proposals.money import urls as money
from proposals.review import urls as review

app_name = "proposals"

urlpatterns = [
    *check.urlpatterns,
    *figures.urlpatterns,
    *ideas.urlpatterns,
    *draft.urlpatterns,
    *money.urlpatterns,
    *ballot.urlpatterns,
    *employer.urlpatterns,
    *review.urlpatterns,
    *decision.urlpatterns,
]
