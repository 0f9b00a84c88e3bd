"""Words of the feed and the site, one TOML file per language beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from narrator.toml import parse_toml

_FOLDER = Path(__file__).parent / "wording"
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    language: str
    """Language the words are in, which may be English when there is no file for the one asked for."""
    words: dict[str, str]
    months: tuple[str, ...]

    def __call__(self, key: str, **facts: object) -> str:
        """The words called *key*, with *facts* filled in."""
        return self.words[key].format_map(facts)

    def date(self, when: datetime) -> str:
        """The day of *when*, as one writes it: "18 September 2015"."""
        return self("date", day=when.day, month=self.months[when.month - 1], year=when.year)

    def length(self, seconds: float) -> str:
        """A duration in words: "1 h 5 min", "4 min", "40 s"."""
        whole = round(seconds)
        if whole < 60:
            return self("seconds", seconds=whole)
        minutes = round(whole / 60)
        if minutes < 60:
            return self("minutes", minutes=minutes)
        return self("hours", hours=minutes // 60, minutes=minutes % 60)


@cache
def wording(language: str) -> Wording:
    """The words for a BCP 47 *language*, from its file or that of its main part; else English."""
    code = language.lower()
    for name in (code, code.partition("-")[0], "en"):
        path = _FOLDER / f"{name}.toml"
        if name.replace("-", "").isalnum() and path.is_file():
            data = parse_toml(path.read_text(encoding="utf-8"))
            months = tuple(data.pop("months"))
            return Wording(language=name, words=data, months=months)
    raise LookupError("wording/en.toml is missing from the installation")


def direction(language: str) -> str:
    """How *language* is written: "rtl" or "ltr".

    >>> direction("ar-EG"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if language.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def clock(seconds: float) -> str:
    """A place in the audio: "4:05", "1:02:03".

    >>> clock(245.9), clock(3723)
    ('4:05', '1:02:03')
    """
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def megabytes(size_bytes: int) -> str:
    """A file size: "640 kB", "4.2 MB".

    >>> megabytes(640_000), megabytes(4_200_000)
    ('640 kB', '4.2 MB')
    """
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"
