"""Moments as software writes them: ISO 8601, seconds since 1970, in addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from narrator.read.dates import find_dates
from narrator.read.markers import Markers

_ISO = re.compile(
    r"^(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)")
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/([01]\d)/")


def read_moment(value: str, markers: Markers | None = None) -> datetime | None:
    """*value* as an aware moment (midnight UTC for a bare date, UTC without a zone), or None.

    >>> read_moment("2015-07-15T19:01:33+01:00").isoformat()
    '2015-07-15T19:01:33+01:00'
    """
    value = value.strip()
    if found := _ISO.match(value):
        year, month, day, hour, minute, second, zone = found.groups()
        try:
            moment = datetime(
                int(year),
                int(month),
                int(day),
                int(hour or 0),
                int(minute or 0),
                min(59, int(second or 0)),
                tzinfo=UTC,
            )
            return _in_zone(moment, zone)
        except ValueError:
            return None
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return datetime.fromtimestamp(int(value[:10]), UTC)
    if markers is not None and (dates := find_dates(value, markers)):
        return dates[0].when
    return None


def date_in_address(address: str) -> datetime | None:
    """The day that an address or a file name tells, as in "/2015/09/18/" or "2015-09-18-rain.txt".

    A month alone ("/2015/09/") is its first day.
    """
    for pattern in (_IN_ADDRESS, _MONTH_IN_ADDRESS):
        for found in pattern.finditer(address):
            parts = [int(part) for part in found.groups()]
            try:
                return datetime(parts[0], parts[1], parts[2] if len(parts) > 2 else 1, tzinfo=UTC)
            except ValueError:
                continue
    return None


def _in_zone(moment: datetime, zone: str | None) -> datetime:
    if not zone or zone in {"Z", "UTC", "GMT"}:
        return moment
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
