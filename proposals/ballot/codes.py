"""Codes for voting: made at random, read from paper, kept as hashes, and sealed until they leave."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Letters and digits of which no two look alike, on paper or in a bad hand.
ALPHABET = "23456789ACDEFHJKMNPRTVWXY"
# What people may write for one of them: a code has none of these.
MEANT = str.maketrans("BGSZ", "8652")
TAG = 4
# Of 25 letters each: 92 bits.
SECRET = 20
GROUP = 4
CODE = re.compile(f"[{ALPHABET}]{{{TAG + SECRET}}}")
NONCE = 12


def new_tag() -> str:
    """What the codes of a vote begin with; it tells which vote, and opens nothing."""
    return _random(TAG)


def new_code(tag: str) -> str:
    """A code of the vote with this tag."""
    return tag + _random(SECRET)


def read(typed: str) -> str:
    """A code as somebody typed it, without blanks, hyphens and small letters; "" if it is none."""
    plain = re.sub(r"[\s-]+", "", typed[:200]).upper().translate(MEANT)
    return plain if CODE.fullmatch(plain) else ""


def grouped(code: str) -> str:
    """A code as it stands on paper, in groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hashed(code: str) -> str:
    """What is kept of a code. Its secret is long enough that no salt is needed."""
    return hashlib.sha256(code.encode()).hexdigest()


def seal(code: str, entry: int) -> bytes:
    """A code encrypted for one entry of a roll. It cannot be opened as that of another."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, code.encode(), _bound_to(entry))


def unseal(sealed: bytes, entry: int) -> str:
    """The code that was sealed; raises cryptography's InvalidTag where the key or the entry differs."""
    nonce, text = sealed[:NONCE], sealed[NONCE:]
    return _cipher(settings.SECRET_KEY).decrypt(nonce, text, _bound_to(entry)).decode()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _bound_to(entry: int) -> bytes:
    return str(entry).encode()


@cache
def _cipher(secret: str) -> AESGCM:
    """A key of its own, derived from the secret of the environment, which no database holds."""
    derived = HKDF(SHA256(), length=32, salt=None, info=b"proposals.ballot.sealed")
    return AESGCM(derived.derive(secret.encode()))
