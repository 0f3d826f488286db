"""The tables of the register, its mentors and their seats."""

import activity.clock
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import pathfinders.register.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('pathfinders', '0001_initial'),
        ('pathfinders', '0002_search'),
        ('pathfinders', '0003_names_alike'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pathfinder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status', models.CharField(choices=[('early-thinking', 'Early thinking'), ('appraisal', 'Appraisal'), ('implementation', 'Implementation'), ('first-year', 'First full year of trading'), ('established', 'Established'), ('paused', 'Paused'), ('closed', 'Closed'), ('returned-in-house', 'Returned in-house'), ('merged', 'Merged'), ('no-longer-mutual', 'No longer a mutual')], max_length=20)),
                ('stage_known', models.BooleanField(default=True)),
                ('slug', models.SlugField(blank=True, max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('summary', models.CharField(blank=True, max_length=500)),
                ('type', models.CharField(blank=True, choices=[('spin-out', 'New spin-out'), ('consortium', 'Consortium'), ('in-house', 'In-house team exploring'), ('existing', 'Existing mutual')], max_length=12)),
                ('sector', models.CharField(blank=True, choices=[('acute-health', 'Acute health'), ('adult-social-care', 'Adult social care'), ('awarding-and-skills', 'Awarding and skills'), ('back-office', 'Back office'), ('children', "Children's services"), ('childrens-social-care', "Children's social care"), ('civil-service', 'Civil service administration'), ('community-health', 'Community health'), ('culture', 'Culture'), ('early-years', 'Early years'), ('education', 'Education'), ('environment', 'Environment'), ('fire', 'Fire and rescue'), ('further-education', 'Further education'), ('health-and-social-care', 'Health and social care'), ('homelessness-health', 'Health of homeless people'), ('homelessness', 'Homelessness'), ('housing-support', 'Housing support'), ('learning-disability', 'Learning disability'), ('leisure', 'Leisure'), ('libraries', 'Libraries'), ('mental-health', 'Mental health'), ('multiple-disadvantage', 'People with several needs'), ('prisons', 'Prisons'), ('probation', 'Probation'), ('rehabilitation', 'Rehabilitation'), ('schools-support', 'Support for schools'), ('transport', 'Transport'), ('youth', 'Youth services'), ('other', 'Other')], max_length=24)),
                ('form', models.CharField(blank=True, choices=[('cic', 'Community interest company'), ('social-enterprise', 'Social enterprise'), ('cooperative', 'Co-operative'), ('employee-owned', 'Employee-owned'), ('arms-length-mutual', "Arm's-length mutual"), ('mutual', 'Mutual, form not named'), ('trust', 'Trust')], max_length=20)),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('north-east', 'North East'), ('north-west', 'North West'), ('yorkshire-and-the-humber', 'Yorkshire and The Humber'), ('east-midlands', 'East Midlands'), ('west-midlands', 'West Midlands'), ('east-of-england', 'East of England'), ('london', 'London'), ('south-east', 'South East'), ('south-west', 'South West'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], max_length=24), blank=True, default=list, size=None)),
                ('staff', models.PositiveIntegerField(blank=True, null=True)),
                ('seconded_staff', models.PositiveIntegerField(blank=True, null=True)),
                ('maturity_as_stated', models.CharField(blank=True, max_length=40)),
                ('announced_on', models.DateField(blank=True, null=True)),
                ('reached_on', models.DateField(blank=True, null=True)),
                ('proposal_reference', models.CharField(blank=True, max_length=24)),
                ('approved_at', models.DateTimeField(editable=False, null=True)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paused_from', models.CharField(blank=True, choices=[('early-thinking', 'Early thinking'), ('appraisal', 'Appraisal'), ('implementation', 'Implementation'), ('first-year', 'First full year of trading'), ('established', 'Established'), ('paused', 'Paused'), ('closed', 'Closed'), ('returned-in-house', 'Returned in-house'), ('merged', 'Merged'), ('no-longer-mutual', 'No longer a mutual')], max_length=20)),
                ('ended_as', models.CharField(blank=True, choices=[('early-thinking', 'Early thinking'), ('appraisal', 'Appraisal'), ('implementation', 'Implementation'), ('first-year', 'First full year of trading'), ('established', 'Established'), ('paused', 'Paused'), ('closed', 'Closed'), ('returned-in-house', 'Returned in-house'), ('merged', 'Merged'), ('no-longer-mutual', 'No longer a mutual')], editable=False, max_length=20)),
                ('resumes_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end_staff', models.CharField(blank=True, max_length=500)),
                ('end_service', models.CharField(blank=True, max_length=500)),
                ('end_assets', models.CharField(blank=True, max_length=500)),
                ('is_example', models.BooleanField(default=False)),
                ('search_words', models.TextField(blank=True, editable=False)),
                ('search_public', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('name', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('summary', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('search_words', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'id'], name='pathfinder_by_name'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['name', 'id'], name='pathfinder_public'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['-published_at', '-id'], name='pathfinder_newest'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['status', 'name', 'id'], name='pathfinder_in_stage'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['sector', 'name', 'id'], name='pathfinder_in_sector'), models.Index(condition=models.Q(('published_at__isnull', False)), fields=['form', 'name', 'id'], name='pathfinder_in_form'), models.Index(condition=models.Q(('published_at__isnull', False), ('stage_known', False)), fields=['name', 'id'], name='pathfinder_in_no_stage'), models.Index(condition=models.Q(('published_at__isnull', False), _negated=True), fields=['name', 'id'], name='pathfinder_unpublished'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('published_at__isnull', False)), fields=['regions'], name='pathfinder_in_region'), django.contrib.postgres.indexes.GinIndex(fields=['search_public'], name='pathfinder_words'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), condition=models.Q(('published_at__isnull', False)), name='pathfinder_names_alike')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['early-thinking', 'appraisal', 'implementation', 'first-year', 'established', 'paused', 'closed', 'returned-in-house', 'merged', 'no-longer-mutual'])), name='pathfinder_status_is_known'), models.UniqueConstraint(condition=models.Q(('proposal_reference', ''), _negated=True), fields=('proposal_reference',), name='pathfinder_one_a_proposal'), models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('slug',), name='pathfinder_slug_unique'), models.CheckConstraint(condition=models.Q(('published_by', None), ('published_at__isnull', False), _connector='OR'), name='pathfinder_published_by_when_published'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'paused'), _negated=True), ('paused_from__in', ('early-thinking', 'appraisal', 'implementation', 'first-year', 'established')), _connector='OR'), name='pathfinder_paused_from_a_stage'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('status__in', ('closed', 'returned-in-house', 'merged', 'no-longer-mutual'))), models.Q(models.Q(('status__in', ('closed', 'returned-in-house', 'merged', 'no-longer-mutual')), _negated=True), ('ended_on', None)), _connector='OR'), name='pathfinder_ended_on_a_day')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pathfinder',
            trigger=pgtrigger.compiler.Trigger(name='status_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NOT (NEW.status = ANY (ARRAY['early-thinking', 'appraisal', 'implementation', 'first-year', 'established'])) THEN\n        RAISE EXCEPTION 'a % begins as one of: early-thinking, appraisal, implementation, first-year, established', TG_TABLE_NAME\n            USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NEW.status IS DISTINCT FROM OLD.status\n    AND current_setting('portal.step', true) IS DISTINCT FROM\n        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN\n    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='6a531d3f12187bbd13204e2731b275502cec28d9', operation='INSERT OR UPDATE', pgid='pgtrigger_status_by_step_8f3eb', table='pathfinders_pathfinder', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=pathfinders.register.models.new_key, editable=False, max_length=8, unique=True)),
                ('pathfinder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='pathfinders.pathfinder')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pathfinder_memberships', to=settings.AUTH_USER_MODEL)),
                ('joined_at', models.DateTimeField(default=activity.clock.now)),
                ('left_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('user', 'pathfinder'), name='member_once_in_a_pathfinder'), models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gte', models.F('joined_at')), _connector='OR'), name='member_leaves_after_joining')],
            },
        ),
        migrations.CreateModel(
            name='ParentBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pathfinder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parent_bodies', to='pathfinders.pathfinder')),
                ('as_stated', models.CharField(max_length=200)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pathfinders', to='accounts.organisation')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('pathfinder', 'as_stated'), name='parent_body_said_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pathfinder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='pathfinders.pathfinder')),
                ('n', models.PositiveIntegerField()),
                ('facts', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('reason', models.CharField(max_length=500)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=activity.clock.now)),
            ],
            options={
                'ordering': ['n'],
                'constraints': [models.UniqueConstraint(fields=('pathfinder', 'n'), name='entry_numbered_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2e9bf1042858eb0a6b123286fc94c919fae1c8c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45887', table='pathfinders_entry', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Mentor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentor_profiles', to='accounts.organisation')),
                ('is_person', models.BooleanField(default=False)),
                ('kind', models.CharField(blank=True, max_length=80)),
                ('useful_for', models.CharField(blank=True, max_length=300)),
                ('approved_at', models.DateTimeField(editable=False, null=True)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['name', 'id'], name='mentor_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='pathfinders.mentor')),
                ('n', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('mentor', 'n'), name='seat_numbered_once'), models.CheckConstraint(condition=models.Q(('n__gte', 1)), name='seat_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Mentorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('offered', 'Offered'), ('accepted', 'Accepted'), ('active', 'Active'), ('paused', 'Paused'), ('completed', 'Completed'), ('ended-early', 'Ended early'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn'), ('superseded', 'Superseded')], max_length=12)),
                ('pathfinder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='pathfinders.pathfinder')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='pathfinders.mentor')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='pathfinders.seat')),
                ('why', models.CharField(blank=True, max_length=500)),
                ('offered_on', models.DateField(blank=True, null=True)),
                ('answer_by', models.DateField(blank=True, null=True)),
                ('mentor_yes_at', models.DateTimeField(editable=False, null=True)),
                ('pathfinder_yes_at', models.DateTimeField(editable=False, null=True)),
                ('declined_by', models.CharField(blank=True, choices=[('mentor', 'The mentor'), ('pathfinder', 'The pathfinder')], max_length=10)),
                ('decline_reason', models.CharField(blank=True, choices=[('rather-not', 'I would rather not say'), ('no-time', 'There is no time for it now'), ('not-a-match', 'We need, or can give, another kind of help'), ('interest', 'There may be a conflict of interest'), ('other', 'Something else')], max_length=12)),
                ('decline_words', models.CharField(blank=True, max_length=500)),
                ('withdrawn_because', models.CharField(blank=True, max_length=500)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', 'offered')), fields=['answer_by', 'id'], name='mentorship_offers_out'), models.Index(fields=['-status_at', '-id'], name='mentorship_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'offered', 'accepted', 'active', 'paused', 'completed', 'ended-early', 'declined', 'expired', 'withdrawn', 'superseded'])), name='mentorship_status_is_known'), models.UniqueConstraint(condition=models.Q(('status__in', ('offered', 'accepted', 'active', 'paused'))), fields=('seat',), name='mentorship_one_a_seat'), models.UniqueConstraint(condition=models.Q(('status__in', ('offered', 'accepted', 'active', 'paused'))), fields=('pathfinder',), name='mentorship_one_a_pathfinder'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('offered', 'accepted', 'active', 'paused')), _negated=True), models.Q(('answer_by__isnull', False), ('offered_on__isnull', False), ('seat__isnull', False)), _connector='OR'), name='mentorship_open_holds_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('accepted', 'active', 'paused', 'completed', 'ended-early')), _negated=True), models.Q(('mentor_yes_at__isnull', False), ('pathfinder_yes_at__isnull', False)), _connector='OR'), name='mentorship_agreed_by_both'), models.CheckConstraint(condition=models.Q(models.Q(('declined_by__in', ['mentor', 'pathfinder']), ('status', 'declined')), models.Q(models.Q(('status', 'declined'), _negated=True), ('declined_by', '')), _connector='OR'), name='mentorship_declined_by_a_side'), models.CheckConstraint(condition=models.Q(('answer_by', None), ('answer_by__gt', models.F('offered_on')), _connector='OR'), name='mentorship_answered_after_it_is_offered')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorship',
            trigger=pgtrigger.compiler.Trigger(name='status_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NOT (NEW.status = ANY (ARRAY['proposed'])) THEN\n        RAISE EXCEPTION 'a % begins as one of: proposed', TG_TABLE_NAME\n            USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NEW.status IS DISTINCT FROM OLD.status\n    AND current_setting('portal.step', true) IS DISTINCT FROM\n        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN\n    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='3e028614d97b94cf2f5e304bcdefbc2aae27e0cd', operation='INSERT OR UPDATE', pgid='pgtrigger_status_by_step_576a2', table='pathfinders_mentorship', when='BEFORE')),
        ),
    ]
