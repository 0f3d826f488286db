"""The tables of people, bodies and appointments, and the functions that find a body by its name."""

import accounts.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

# Names are compared as plain words: no accents, capitals or punctuation. All of these functions
# give the same answer to the same words, so that a column can be generated from them.
PLAIN = r"""
CREATE FUNCTION public.portal_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        replace(replace(lower(public.unaccent('public.unaccent', words)), '''', ''), '&', ' and '),
        '[^a-z0-9]+', ' ', 'g'
    ))
$$
"""
# What people write for kinds of bodies; both sides are shortened, so either way is found.
SHORT_FORMS = (
    ("primary care trust", "pct"),
    ("strategic health authority", "sha"),
    ("integrated care board", "icb"),
    ("clinical commissioning group", "ccg"),
    ("national health service", "nhs"),
    ("foundation trust", "ft"),
    ("(hm|his majestys|her majestys) prison", "hmp"),
    ("london borough", "lb"),
    ("royal borough", "rb"),
    ("metropolitan borough council", "mbc"),
    ("borough council", "bc"),
    ("district council", "dc"),
    ("(county|city) council", "cc"),
    ("fire and rescue (service|authority)", "frs"),
    ("further education", "fe"),
    ("department", "dept"),
    ("saint", "st"),
)


def short(words, forms=SHORT_FORMS):
    """The SQL that shortens plain words."""
    for long_form, short_form in forms:
        words = rf"regexp_replace({words}, '\y{long_form}\y', '{short_form}', 'g')"
    return words


SHORT = f"""
CREATE FUNCTION public.portal_short(plain text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT {short("plain")} $$
"""
INITIALS = r"""
CREATE FUNCTION public.portal_initials(plain text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(regexp_replace(
        regexp_replace(plain, '\y(and|of|for|the|in|to)\y', ' ', 'g'), '\y(\w)\w*', '\1', 'g'
    ), ' ', '')
$$
"""
FINDABLE = r"""
CREATE FUNCTION public.portal_findable(name text, other_names varchar[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(concat_ws(' ',
        public.portal_plain(one), public.portal_short(public.portal_plain(one)),
        public.portal_initials(public.portal_plain(one))
    ), ' / ') FROM unnest(array_prepend(name::varchar, other_names)) AS one
$$
"""
LIKENESS = """
CREATE FUNCTION public.portal_likeness(words text, findable text) RETURNS real
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT greatest(
        public.word_similarity(public.portal_plain(words), findable),
        public.word_similarity(public.portal_short(public.portal_plain(words)), findable)
    )
$$
"""
# The bound is set for this function alone: two letters that changed places leave 0.47.
LIKE = """
CREATE FUNCTION public.portal_organisations_like(words text, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    SELECT one.id FROM public.accounts_organisation AS one,
        (SELECT public.portal_plain(words) AS plain,
            public.portal_short(public.portal_plain(words)) AS short OFFSET 0) AS asked
    WHERE asked.plain OPERATOR(public.<%) one.findable
        OR asked.short OPERATOR(public.<%) one.findable
    ORDER BY public.portal_likeness(words, one.findable) DESC, one.name, one.id LIMIT most
$$
"""


def made(statement, name):
    """A function of the database, and how it is taken away again."""
    return migrations.RunSQL(statement, f"DROP FUNCTION public.{name}")


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_finding'),
        ('accounts', '0003_contact'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        # An appointment is held once at a time: an exclusion over equal keys and overlapping dates.
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        # Loads the library, whose setting one of the functions sets for itself.
        migrations.RunSQL("SELECT public.similarity('', '')", migrations.RunSQL.noop),
        made(PLAIN, "portal_plain(text)"),
        made(SHORT, "portal_short(text)"),
        made(INITIALS, "portal_initials(text)"),
        made(FINDABLE, "portal_findable(text, varchar[])"),
        made(LIKENESS, "portal_likeness(text, text)"),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_example', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique_in_any_case', violation_error_message='Somebody has signed up with this address already')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('department', 'Government department'), ('agency', 'Executive agency'), ('ndpb', 'Non-departmental public body'), ('nhs-trust', 'NHS trust'), ('nhs-foundation-trust', 'NHS foundation trust'), ('pct', 'Primary care trust'), ('sha', 'Strategic health authority'), ('icb', 'Integrated care board'), ('county', 'County council'), ('district', 'District council'), ('unitary', 'Unitary authority'), ('metropolitan', 'Metropolitan borough'), ('london-borough', 'London borough'), ('fire', 'Fire and rescue authority'), ('police', 'Police force'), ('probation', 'Probation trust'), ('prison', 'Prison'), ('college', 'Further education college'), ('school', 'School or academy trust'), ('university', 'University'), ('housing', 'Housing association'), ('advice-provider', 'Advice line provider'), ('mentor-body', 'Organisation that mentors'), ('mutual', 'Mutual'), ('other', 'Other')], max_length=24)),
                ('nation', models.CharField(choices=[('england', 'England'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], default='england', max_length=16)),
                ('mail_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='accounts.organisation')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='accounts.organisation')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('is_awaited', models.BooleanField(default=False)),
                ('contact_post', models.CharField(blank=True, max_length=100)),
                ('contact_address', models.EmailField(blank=True, max_length=254)),
                ('findable', models.GeneratedField(db_persist=True, expression=accounts.models.Findable('name', 'other_names'), output_field=models.TextField())),
            ],
            options={
                'ordering': ['name'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['findable'], name='organisation_by_name', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('ends_on', None), ('is_awaited', True)), fields=['id'], name='organisation_awaited'), models.Index(fields=['name', 'id'], name='organisation_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='organisation_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('successor', models.F('pk')), _negated=True), _connector='OR'), name='organisation_successor_is_another'), models.CheckConstraint(condition=models.Q(models.Q(('contact_address', ''), ('contact_post', '')), models.Q(models.Q(('contact_post', ''), _negated=True), models.Q(('contact_address', ''), _negated=True)), _connector='OR'), name='organisation_contact_is_a_post_with_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('reviewer', 'Reviewer'), ('decision-maker', 'Decision maker'), ('coordinator', 'Programme coordinator'), ('adviser', 'Adviser'), ('advice-lead', 'Advice lead'), ('mentor', 'Mentor'), ('challenge-group', 'Challenge group'), ('administrator', 'Administrator'), ('observer', 'Observer')], max_length=16)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='accounts.organisation')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='appointment_ends_after_it_starts'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('role', '='), ('organisation', '='), (accounts.models.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='appointment_held_once_at_a_time')],
            },
        ),
        made(LIKE, "portal_organisations_like(text, integer)"),
    ]
