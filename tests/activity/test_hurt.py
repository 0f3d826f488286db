"""What happens to mail when the machine is hurt: really, with real programs."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from activity import clock, outbox
from activity.models import Notification
from tests import mailserver, processes
from tests.factories import UserFactory
from tests.processes import Broker, told
from tests.waiting import eventually

pytestmark = [pytest.mark.portal, pytest.mark.django_db(transaction=True), pytest.mark.slow]


class SlowPostbox(mailserver.Postbox):
    """Accepts no mail before it is told to."""

    started = 0
    accepts = False

    async def handle_DATA(self, server, session, envelope):
        self.started += 1
        while not self.accepts:
            await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def broker(tmp_path: Path):
    folder = tmp_path / "valkey"
    folder.mkdir()
    broker = Broker(folder)
    broker.start()
    yield broker
    broker.stop()


def people(n: int) -> list[Notification]:
    users = [UserFactory(email=f"p{k}@home.example") for k in range(n)]
    return [outbox.tell("account.password_changed", user, [user])[0] for user in users]


def unsent() -> int:
    return Notification.objects.filter(sent_at=None).count()


def test_a_worker_killed_in_mid_delivery_loses_nothing(tmp_path, broker):
    with mailserver.running(SlowPostbox()) as (postbox, port):
        environment = told(tmp_path, REDIS_URL=broker.url, EMAIL_URL=f"smtp://127.0.0.1:{port}")
        people(6)
        for _ in range(3):
            with processes.worker(environment, tmp_path / "worker.words") as worker:
                before = postbox.started
                nudge(environment)
                eventually(lambda before=before: postbox.started > before)
                worker.kill()
            (tmp_path / "worker.words").write_text("")
        postbox.accepts = True
        with processes.worker(environment, tmp_path / "worker.words"):
            nudge(environment)
            eventually(lambda: unsent() == 0, 30)
    # Nothing lost; a kill may repeat one mail, and its id says that it is the same.
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(set(ids)) == 6
    assert len(ids) <= 6 + 3


def test_a_worker_killed_in_a_daily_mail_loses_nothing_and_repeats_it_once(tmp_path, broker):
    with mailserver.running(SlowPostbox()) as (postbox, port):
        environment = told(tmp_path, REDIS_URL=broker.url, EMAIL_URL=f"smtp://127.0.0.1:{port}")
        user = UserFactory(email="amira@home.example")
        user.notice_choices.create(kind="proposal.begin", how="day")
        for _ in range(3):
            outbox.tell("proposal.begin", user, [user])
        Notification.objects.update(put_off_to=clock.now())
        with processes.worker(environment, tmp_path / "worker.words") as worker:
            daily(environment)
            eventually(lambda: postbox.started > 0)
            worker.kill()
        assert unsent() == 3
        postbox.accepts = True
        (tmp_path / "worker.words").write_text("")
        with processes.worker(environment, tmp_path / "worker.words"):
            daily(environment)
            eventually(lambda: unsent() == 0, 30)
            daily(environment)
    # What the killed worker had handed over came again under the same id, and no more than once.
    assert {mail["Subject"] for mail in postbox.mails} == {"3 messages are waiting for you"}
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 1
    assert len(postbox.mails) <= 2


def test_mail_written_while_the_broker_was_away_arrives_when_it_is_back(tmp_path, broker):
    with mailserver.running() as (postbox, port):
        environment = told(tmp_path, REDIS_URL=broker.url, EMAIL_URL=f"smtp://127.0.0.1:{port}")
        broker.stop()
        people(10)
        began = time.monotonic()
        nudge(environment)
        assert time.monotonic() - began < 10
        assert postbox.mails == []
        broker.start()
        with processes.worker(environment, tmp_path / "worker.words"):
            sweep(environment)
            eventually(lambda: unsent() == 0, 30)
        assert len({mail["To"] for mail in postbox.mails}) == 10


def nudge(environment: dict[str, str]) -> None:
    ask(environment, "from activity import outbox; outbox.nudge()")


def sweep(environment: dict[str, str]) -> None:
    """What beat does every half minute."""
    ask(environment, "from activity.tasks import sweep; sweep.apply_async(expires=25)")


def daily(environment: dict[str, str]) -> None:
    """What beat does every minute."""
    ask(environment, "from activity.tasks import send_daily_mails as s; s.apply_async(expires=55)")


def ask(environment: dict[str, str], what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {what}"],
        cwd=processes.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
