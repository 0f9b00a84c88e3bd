"""Secrets taken out of what people and logs get to see: passwords in addresses, keys of the environment."""

from __future__ import annotations

import os
import re

MASK = "***"
_USERINFO = re.compile(r"(?<=://)([^\s/?#@:]*)(?::[^\s/?#]*)?@(?=[^\s/?#@])")
_SECRET_NAMES = re.compile(r"(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE)$")
_SHORTEST_SECRET = 6
"""Shorter values of such variables are flags and numbers, and would blot out half of a message."""


def redact(text: str) -> str:
    """*text* without passwords in addresses and without the values of keys in the environment.

    Names of users stay: they help to see what went wrong.

    >>> redact("sftp://ann:s3cret@files.example/www cannot be reached")
    'sftp://ann:***@files.example/www cannot be reached'
    """
    return _USERINFO.sub(_without_password, _without_keys(text))


def without_userinfo(address: str) -> str:
    """*address* without user name and password, as it may be published.

    >>> without_userinfo("https://ann:s3cret@news.example/rain?x=a@b")
    'https://news.example/rain?x=a@b'
    """
    return _USERINFO.sub("", address, count=1)


def _without_password(match: re.Match[str]) -> str:
    return f"{match[1]}:{MASK}@" if ":" in match[0] else match[0]


def _without_keys(text: str) -> str:
    for name, value in os.environ.items():
        secret = value.strip()
        if len(secret) >= _SHORTEST_SECRET and secret in text and _SECRET_NAMES.search(name.upper()):
            text = text.replace(secret, MASK)
    return text
