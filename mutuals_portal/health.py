"""Whether the portal lives (`/healthz`), and whether all that it needs is there (`/readyz`)."""

import os
import smtplib
import threading
import time
from collections.abc import Callable, Mapping

import redis
import structlog
from celery import current_app
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger(__name__)

# Seconds. A part that needs longer to answer a greeting is not ready.
PATIENCE = 2.0
# Seconds for which answers are told again, so that probes cannot wear the parts out.
KEPT = 1.0


def probes(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers the probes before anything else can refuse them.

    A probe asks an address that no visitor uses, without TLS, and often; it needs no session.
    """

    def answer_or_probe(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return HttpResponse("alive\n", content_type="text/plain")
        if request.path_info == "/readyz":
            found = readiness.answers()
            status = 200 if set(found.values()) == {"ok"} else 503
            return JsonResponse(found, status=status)
        return answer(request)

    return answer_or_probe


def ask_database() -> None:
    connection = connections["default"].copy()
    connection.settings_dict["OPTIONS"] |= {"connect_timeout": 2}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def ask_broker() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    ) as client:
        client.ping()


def ask_worker() -> None:
    """Raises LookupError unless a worker answers; one is enough."""
    with current_app.connection_for_write() as line:
        if not current_app.control.ping(timeout=1, limit=1, connection=line):
            raise LookupError


def ask_mail() -> None:
    """Greet the mail server without signing in, which servers count."""
    if not settings.EMAIL_URL:
        if not os.access(settings.MAIL_DIR, os.W_OK):
            raise PermissionError
    elif settings.EMAIL_HOST:
        kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
        with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
            server.noop()


QUESTIONS = {
    "database": ask_database,
    "broker": ask_broker,
    "worker": ask_worker,
    "mail": ask_mail,
}


class Readiness:
    """Asks all parts at once, in threads that may be left behind if a part hangs."""

    def __init__(self, questions: Mapping[str, Callable[[], None]]) -> None:
        self.questions = questions
        self.known = dict.fromkeys(questions, "not asked yet")
        self.until = 0.0
        self.asking = threading.Lock()

    def answers(self) -> dict[str, str]:
        """Part -> "ok", or what is wrong with it. Takes PATIENCE seconds at most.

        Whoever comes while another asks is told what was known: a flood of probes against a part
        that hangs must not hold every thread.
        """
        if time.monotonic() > self.until and self.asking.acquire(blocking=False):
            try:
                self.known = self._ask_all()
                self.until = time.monotonic() + KEPT
            finally:
                self.asking.release()
        return self.known

    def _ask_all(self) -> dict[str, str]:
        found: dict[str, str] = {}
        threads = [
            threading.Thread(target=self._ask, args=(name, found), daemon=True)
            for name in self.questions
        ]
        end = time.monotonic() + PATIENCE
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
        return {name: found.get(name, "no answer in time") for name in self.questions}

    def _ask(self, name: str, found: dict[str, str]) -> None:
        # Whatever goes wrong in a part is an answer; its details are for the log alone.
        try:
            self.questions[name]()
        except Exception as error:
            log.warning("not_ready", part=name, error=type(error).__name__)
            found[name] = "away"
        else:
            found[name] = "ok"


readiness = Readiness(QUESTIONS)
