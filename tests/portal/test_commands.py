"""The commands that see every app."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

import proposals.reference
from accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from mutuals_portal import checks
from mutuals_portal.checks import no_example_people
from mutuals_portal.supervisor.postgres import SILENT
from proposals.draft.models import Status
from tests.factories import OrganisationFactory, UserFactory
from tests.pathfinders import factories as mutuals
from tests.proposals import builders

pytestmark = pytest.mark.django_db


def submitted():
    proposals.reference.load()
    return builders.proposal_at(Status.SUBMITTED, builders.team(), builders.officials())


def appoint(*words: str) -> str:
    out = StringIO()
    call_command("appoint", *words, stdout=out)
    return out.getvalue()


def test_the_first_administrator_is_appointed_by_command():
    user = UserFactory(name="Lena Novak", email="lena@home.example")
    OrganisationFactory(slug="cabinet-office", name="Cabinet Office")
    said = appoint("LENA@home.example", "administrator", "cabinet-office")
    assert said == "Lena Novak is now administrator in Cabinet Office.\n"
    user.refresh_from_db()
    assert user.is_superuser
    with pytest.raises(CommandError, match="already"):
        appoint("lena@home.example", "administrator", "cabinet-office")
    assert Appointment.objects.count() == 1


def test_other_roles_open_no_admin():
    user = UserFactory(email="dan@home.example")
    OrganisationFactory(slug="cabinet-office")
    appoint("dan@home.example", "reviewer", "cabinet-office")
    user.refresh_from_db()
    assert not user.is_staff
    assert user.appointments.get().role == Role.REVIEWER


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("no@home.example", "reviewer", "b"), "signed up"),
        (("a@home.example", "reviewer", "x"), "slug"),
    ],
)
def test_an_appointment_names_what_is_missing(words, reason):
    UserFactory(email="a@home.example")
    with pytest.raises(CommandError, match=reason):
        appoint(*words)


def snapshot() -> dict[str, list[tuple]]:
    """Every row of ours, to compare before and after."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for app in ("accounts", "activity", "proposals", "pathfinders", "advice")
        for model in apps.get_app_config(app).get_models()
    }


@pytest.mark.slow
def test_preparing_loads_what_every_portal_needs_and_collects_its_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("prepare", "--static", stdout=StringIO())
    assert Organisation.objects.exists()
    assert not User.objects.exists()
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.slow
def test_loading_twice_changes_nothing():
    call_command("load_reference")
    before = snapshot()
    assert Organisation.objects.get(slug="department-of-health").successor.slug == "dhsc"
    call_command("load_reference")
    assert snapshot() == before


def test_what_an_administrator_changed_stays():
    call_command("load_reference")
    Organisation.objects.filter(slug="defra").update(name="Changed", mail_domains=["x.example"])
    call_command("load_reference")
    assert Organisation.objects.get(slug="defra").name == "Changed"


def test_examples_are_refused_where_people_are_real(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="only for the embedded database"):
        call_command("load_examples")
    assert not User.objects.exists()


def test_the_examples_are_listed_with_their_password():
    out = StringIO()
    call_command("load_examples", list=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 14
    assert "reviewer@example.org" in out.getvalue()
    assert "example-only-2010" in lines[-1]


def test_deploying_with_an_example_user_is_an_error(settings):
    settings.EMBEDDED = False
    assert no_example_people(None) == []
    user = UserFactory(is_example=True)
    assert [error.id for error in no_example_people(None)] == ["portal.E001"]
    user.is_active = False
    user.save()
    assert no_example_people(None) == []
    settings.EMBEDDED = True
    assert no_example_people(None) == []


def test_what_was_written_for_good_is_verified(capsys):
    pathfinder = mutuals.entry()
    version = submitted().versions.get()
    call_command("verify")
    assert "are as they were written" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE proposals_version SET text = '{}'")
        cursor.execute("UPDATE pathfinders_entry SET reason = 'Another.'")
    with pytest.raises(CommandError, match=r"^2 of the records"):
        call_command("verify")
    named = capsys.readouterr().err
    assert f"Not as it was written: {version}" in named
    assert f"Not as it was written: {pathfinder} entry 1" in named


def test_the_check_for_example_people_waits_for_a_database(settings):
    settings.EMBEDDED = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user RENAME TO accounts_user_of_before")
        assert no_example_people(None) == []


@pytest.mark.django_db
def test_no_kind_of_employer_meets_an_empty_list():
    call_command("load_reference")
    kinds = set(Organisation.objects.values_list("kind", flat=True))
    assert set(OrganisationKind.values) - kinds <= {"mutual", "other"}


def test_a_database_that_logs_statements_is_told_because_votes_would_be_in_its_log():
    def said():
        return [
            (each.id, each.msg.split(".")[0])
            for each in checks.no_votes_in_the_log_of_the_database(None, databases=["default"])
        ]

    assert said() == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_statement = 'mod'")
        cursor.execute("SET LOCAL log_min_error_statement = 'error'")
    assert said() == [
        ("portal.W001", "default: log_statement is mod"),
        ("portal.W001", "default: log_min_error_statement is error"),
    ]


def test_compose_and_the_embedded_database_log_no_statement(settings):
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    for name, wanted in checks.SILENT.items():
        assert f"- {name}={wanted}\n" in compose
    assert checks.SILENT == SILENT
