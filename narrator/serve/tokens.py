"""Tokens of private shows: the part of the address only subscribers know."""

from __future__ import annotations

import re

from narrator.errors import ConfigError

GUESSABLE_CHARS = 8
"""A token shorter than this is found by trying."""


def checked_token(token: str | None) -> str | None:
    """*token* when it can stand in an address; None stays None.

    Raises:
        ConfigError: empty, or characters an address cannot hold.
    """
    if token is None or re.fullmatch(r"[A-Za-z0-9_-]{1,200}", token):
        return token
    raise ConfigError(
        "a token is made of letters, digits, - and _",
        where="--token",
        hint='Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(16))"',
    )
