"""Coming in by a link: made for one purpose and one record, found by its hash, opened by a press."""

from __future__ import annotations

import datetime
import functools
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from activity import clock, outbox, subjects
from activity.actors import LinkHolder
from activity.models import Link, LinkCode, Notification
from activity.transactions import in_one_piece
from activity.typed import typed_in

CODE_LIVES = datetime.timedelta(minutes=30)
CODE_TRIES = 5
GRANTS = "links"
WANTED = "link-wanted"

View: TypeAlias = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Purpose:
    """What a kind of link is for.

    url_name: the page it opens, taking the token. lives: how long. once: whether one use ends it.
    asks: the question on the page with the button; button: its words. without_code: what its holder
    can do where no code may be mailed to the address of the link.
    """

    name: str
    url_name: str
    lives: datetime.timedelta
    asks: str | Promise
    button: str | Promise
    once: bool = False
    without_code: str | Promise = ""


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known."""
    _purposes[purpose.name] = purpose


def issue(purpose: str, record: models.Model, *, address: str = "") -> str:
    """Make a link and return its token, which is not kept: only its hash is."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    Link.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        address=address,
        created_at=now,
        expires_at=now + _purposes[purpose].lives,
    )
    return token


def path(purpose: str, token: str) -> str:
    """The address of the page that a link of this purpose opens."""
    return reverse(_purposes[purpose].url_name, args=[token])


def find(token: str, purpose: str) -> Link | None:
    """The link, if it is known, of this purpose, and still good."""
    link = Link.objects.filter(token_hash=_hash(token), purpose=purpose, revoked_at=None).first()
    if link is None or link.expires_at <= clock.now():
        return None
    used_up = _purposes[purpose].once and link.used_at is not None
    return None if used_up else link


def use(link: Link) -> bool:
    """Note that a link served its purpose. False if another press was first on a once-only one."""
    return bool(Link.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()))


def revoke(record: models.Model, *, purpose: str, address: str | None = None) -> None:
    """End the links of a record for one purpose, of everybody or of one address."""
    links = Link.objects.filter(
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        purpose=purpose,
        revoked_at=None,
    )
    if address is not None:
        links = links.filter(address__iexact=address)
    links.update(revoked_at=clock.now())


def grant(request: HttpRequest, token: str, *, proved: bool) -> None:
    """Let this browser's session in by this link; proved: it needs no code to read or write."""
    grants = request.session.get(GRANTS, {})
    key = _hash(token)
    grants[key] = proved or grants.get(key, False)
    request.session[GRANTS] = grants


def wanted(request: HttpRequest, link: Link, token: str) -> str:
    """The page of this link that asked for a code, or else the one that the link opens."""
    own = path(link.purpose, token)
    asked: str = request.session.pop(WANTED, "")
    return asked if asked.startswith(own) else own


def link_page(purpose: str, *, proof: bool = False) -> Callable[[View], View]:
    """Make a view of `(request, token, ...)` a page that only the holder of a link may open.

    The first GET shows a page with a button; its POST swaps the link for a session limited to the
    record. With `proof`, a browser that has not typed a code from the address is asked for one.
    What was typed into a page whose way in has ended meanwhile is shown, to copy. The view finds the actor as `request.holder` and the link as `request.link`.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            return _opened(request, token, purpose, proof, view, kwargs)

        return to_nobody_else(page)

    return decorate


def to_nobody_else(view: View) -> View:
    """Have the address of a page, which has a token in it, kept by no cache and told to no site."""

    @functools.wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        # Nothing to other sites. Not "no-referrer": under it browsers post "Origin: null",
        # which the check against forged requests must refuse.
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store"
        return response

    return page


def _opened(
    request: HttpRequest, token: str, purpose: str, proof: bool, view: View, kwargs: dict[str, Any]
) -> HttpResponse:
    typed = typed_in(request) if "open-link" not in request.POST else []
    link = find(token, purpose)
    if link is None:
        return render(request, "activity/link_ended.html", {"typed": typed}, status=404)
    proved = request.session.get(GRANTS, {}).get(_hash(token))
    is_shut = proved is None or (proof and link.address != "" and not proved)
    if is_shut and typed:
        return render(request, "activity/link_again.html", {"typed": typed}, status=403)
    if proved is None:
        return _ask(request, token, _purposes[purpose])
    if is_shut:
        request.session[WANTED] = request.path
        return redirect("activity:link_code", token=token)
    request.link = link  # type: ignore[attr-defined]
    request.holder = LinkHolder(  # type: ignore[attr-defined]
        purpose=purpose,
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        address=link.address,
        proved=bool(proved) or not link.address,
    )
    return view(request, token, **kwargs)


def _ask(request: HttpRequest, token: str, purpose: Purpose) -> HttpResponse:
    """The page with the button. A mail reader that opens links for its owner presses none."""
    if request.method == "POST" and "open-link" in request.POST:
        grant(request, token, proved=False)
        return redirect(request.path)
    return render(request, "activity/link.html", {"purpose": purpose})


def any_link(token: str) -> Link | None:
    """The link of whatever purpose, if it is still good: for the page that asks for a code."""
    link = Link.objects.filter(token_hash=_hash(token)).first()
    return find(token, link.purpose) if link is not None else None


def may_send_code(link: Link) -> bool:
    """Whether a code may be mailed to the address of a link, as the guard of its record says now."""
    code = Notification(kind="link.code", address=link.address)
    return subjects.guard_as(link.subject_type, link.subject_id, code) is None


def without_code(link: Link) -> str | Promise:
    """What the holder of a link can do to whom no code may be mailed."""
    return _purposes[link.purpose].without_code


def ask_for_code(link: Link) -> None:
    """Have six digits mailed to the address that the link was sent to."""
    outbox.tell("link.code", link, [link.address])


def make_code(link: Link) -> str:
    """Six digits for a link, ending those before; made at delivery, and only a hash is kept."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = clock.now()
    link.codes.filter(used_at=None).update(used_at=now)
    link.codes.create(code_hash=make_password(code), expires_at=now + CODE_LIVES)
    return code


def good_codes(link: Link) -> models.QuerySet[LinkCode]:
    """Those that can still be typed: one at most, since the next one ends those before."""
    return link.codes.filter(used_at=None, expires_at__gt=clock.now(), tries__lt=CODE_TRIES)


@in_one_piece
def check_code(link: Link, typed: str) -> bool:
    """Whether these are the digits last sent; each try counts, and the sixth finds nothing."""
    code = good_codes(link).select_for_update(of=("self",)).order_by("-pk").first()
    if code is None:
        return False
    right = check_password("".join(typed.split()), code.code_hash)
    code.tries = F("tries") + 1
    code.used_at = clock.now() if right else None
    code.save(update_fields=["tries", "used_at"])
    return right


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
