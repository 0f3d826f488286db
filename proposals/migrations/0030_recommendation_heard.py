from django.db import migrations, models

# Recommendations from before are told by what had been answered when they were made.
TELL = """
UPDATE proposals_recommendation r SET heard = CASE
    WHEN EXISTS (
        SELECT FROM proposals_employeranswer a WHERE a.version_id = r.version_id AND a.sent_at <= r.at
    ) THEN 'answered'
    WHEN EXISTS (
        SELECT FROM proposals_employeranswer a JOIN proposals_version v ON v.id = a.version_id
        WHERE v.proposal_id = r.proposal_id AND a.sent_at <= r.at
    ) THEN 'earlier'
    ELSE 'silent'
END
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0029_triage")]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="heard",
            field=models.CharField(
                choices=[
                    ("answered", "Made with the employer's answer."),
                    (
                        "earlier",
                        "Made with the employer's answer about an earlier version, and none about "
                        "this one.",
                    ),
                    ("silent", "Made without an answer of the employer."),
                ],
                default="silent",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard__in", ["answered", "earlier", "silent"])),
                name="recommendation_heard_is_known",
            ),
        ),
    ]
