"""Finds what waits for others, and what was put off, without reading all that a provider has."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0009_asked'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status__in', ('waiting-for-enquirer', 'waiting-for-other'))), fields=['provider', '-urgent', 'due_at', 'id'], name='enquiry_waiting'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['provider', 'snoozed_until'], name='enquiry_put_off'),
        ),
    ]
