"""Dates as exports write them, which always mean one moment."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from narrator.read.moments import read_moment


def read_date(value: str) -> datetime | None:
    """*value*, of RSS (RFC 822) or of Atom and WordPress (ISO 8601), as an aware moment, or None.

    >>> read_date("Fri, 18 Sep 2015 06:30:00 +0100").isoformat()
    '2015-09-18T06:30:00+01:00'
    >>> read_date("0000-00-00 00:00:00") is None
    True
    """
    value = value.strip()
    if not value or value.startswith(("0000", "-0001", "Wed, 30 Nov -0001", "Thu, 01 Jan 1970")):
        return None
    if value[0].isdigit() and value[:4].isdigit():
        return read_moment(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return read_moment(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
