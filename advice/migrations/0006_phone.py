"""Safe contact as facts, calls and what is noted of them."""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import activity.clock
from advice.intake import telephone


def know_numbers(apps, schema_editor):
    """Keep the numbers that are there already in one form too."""
    contacts = apps.get_model("advice", "Contact").objects.exclude(telephone="")
    for contact in contacts.only("telephone").iterator():
        if number := telephone.whole(contact.telephone):
            contacts.filter(pk=contact.pk).update(whole_telephone=number)


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0005_answer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('typed', models.JSONField(blank=True, default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('looked_for', models.CharField(blank=True, max_length=300)),
                ('began_at', models.DateTimeField(default=activity.clock.now)),
                ('saved_at', models.DateTimeField(default=activity.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PhoneNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('began_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(600)])),
                ('rang', models.CharField(choices=[('we', 'We rang them'), ('they', 'They rang us')], max_length=4)),
                ('reached', models.BooleanField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('once', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='whole_telephone',
            field=models.CharField(blank=True, editable=False, max_length=17),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['whole_telephone'], name='contact_by_telephone'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(django.db.models.functions.text.Upper('email'), name='contact_by_email'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('name', config='simple'), name='contact_by_name'),
        ),
        migrations.AddField(
            model_name='call',
            name='adviser',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='call',
            name='enquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='advice.enquiry'),
        ),
        migrations.AddField(
            model_name='phonenote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='phonenote',
            name='enquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phone_notes', to='advice.enquiry'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['adviser', 'began_at'], name='call_of_adviser'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['saved_at'], name='call_old_ones'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('enquiry', None)), models.Q(('enquiry__isnull', False), ('typed', {})), _connector='OR'), name='call_ends_as_an_enquiry'),
        ),
        migrations.AddIndex(
            model_name='phonenote',
            index=models.Index(fields=['enquiry', 'id'], name='phone_note_of_enquiry'),
        ),
        migrations.AddConstraint(
            model_name='phonenote',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__lte', 600), ('rang__in', ['we', 'they']), models.Q(('rang', 'we'), ('reached', True), _connector='OR')), name='phone_note_of_a_call_that_we_had_or_tried'),
        ),
        migrations.AddField(
            model_name='advicepolicy',
            name='voicemail_working_days',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='working days until a message on the voicemail is returned (0: there is no voicemail)'),
        ),
        migrations.RunPython(know_numbers, migrations.RunPython.noop),
    ]
