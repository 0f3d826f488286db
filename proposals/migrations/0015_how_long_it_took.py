"""Write down of each proposal that was submitted by which rules it is judged, and how long it took."""

from django.db import migrations
from django.utils import timezone

from activity.worktime import ENGLAND_AND_WALES, calendar_for, working_days_between


def write_down(apps, schema_editor):
    Proposal = apps.get_model("proposals", "Proposal")
    Decision = apps.get_model("proposals", "Decision")
    Version = apps.get_model("proposals", "Version")
    calendar = calendar_for(ENGLAND_AND_WALES)
    for proposal in Proposal.objects.filter(submitted_at__isnull=False).iterator():
        version = Version.objects.filter(proposal=proposal).order_by("number").last()
        if version is None:
            continue
        proposal.scheme_id = version.scheme_id
        letter = Decision.objects.filter(proposal=proposal, released_at__isnull=False).last()
        if letter is not None:
            received_on = timezone.localdate(proposal.submitted_at)
            sent_on = timezone.localdate(letter.released_at)
            proposal.released_at = letter.released_at
            proposal.took_days = working_days_between(received_on, sent_on, [], calendar)
        proposal.save(update_fields=["scheme", "released_at", "took_days"])


class Migration(migrations.Migration):
    dependencies = [("proposals", "0014_how_long")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
