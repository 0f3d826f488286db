"""Safe contact as facts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0001_squashed_0002_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='may_leave_message',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='may_ring',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='may_write',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='ring_days',
            field=models.CharField(blank=True, choices=[('weekdays', 'Monday to Friday'), ('weekends', 'Saturday and Sunday'), ('mondays', 'Mondays'), ('tuesdays', 'Tuesdays'), ('wednesdays', 'Wednesdays'), ('thursdays', 'Thursdays'), ('fridays', 'Fridays'), ('saturdays', 'Saturdays'), ('sundays', 'Sundays')], max_length=10),
        ),
        migrations.AddField(
            model_name='contact',
            name='ring_from',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='ring_until',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='say_we_are',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('ring_from', None), ('ring_until', None), ('ring_until__gt', models.F('ring_from')), _connector='OR'), name='contact_is_rung_from_before_until'),
        ),
    ]
