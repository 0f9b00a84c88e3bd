"""Signposts the anchor speaks: what is coming, who says it, and that the story goes on.

Their wording is data, one file per language in ``script/lang``; another language reads the file of its
base language, else the English one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from narrator.models import Sidebar
from narrator.toml import parse_toml

_LINKING = re.compile(
    r"[\s:,;|–—-]+(?:by|from|of|with|and|de|d['’]|du|des|par|avec|von|vom|mit|por|con|da|do|di|del|della|dal|dalla)$",
    re.IGNORECASE,
)
"""What is left of "Analysis by NAME" or "Le décryptage de NAME" when the name is taken away."""


_BOX = re.compile(r"(?:box|sidebar|inset|encadré|kasten|recuadro|despiece|boxe|riquadro)\s*[:|–—-]\s*", re.I)
"""An editor's word for the box itself, which tells a listener nothing."""


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's cues."""

    language: str
    table: dict[str, Any]

    def cue(self, name: str, /, **facts: str) -> str:
        """The cue called *name* with *facts* filled in."""
        return str(self.table["cue"][name]).format(**facts)

    def chapter(self, name: str, /, **facts: str) -> str:
        """The chapter title called *name*."""
        return str(self.table["chapter"][name]).format(**facts)

    @property
    def back(self) -> str:
        """The cue that leads back; it never names the author of what is over."""
        return str(self.table["sidebar"]["back"])

    def spoken_date(self, day: date) -> str:
        """*day* as the language writes it out, such as "18 September 2015"."""
        table = self.table["date"]
        number = table.get("first_day", "1") if day.day == 1 else str(day.day)
        return str(table["format"]).format(day=number, month=table["months"][day.month - 1], year=day.year)

    def announce(self, sidebar: Sidebar) -> str:
        """The cue that opens *sidebar*: what it is, by whom, without a label its heading already says."""
        forms = self.table["sidebar"]
        heading = self._heading(sidebar)
        facts = {"heading": heading, "author": sidebar.author or "", "role": sidebar.author_role or ""}
        if not self._is_announced(sidebar.kind, heading):
            return _closed(forms["other_by" if sidebar.author else "other"].format(**facts))
        if not sidebar.author:
            return _closed(forms["plain"].format(**facts))
        form = "with" if sidebar.kind == "scene" else "by"
        return _closed(forms[form if sidebar.author_role else f"{form}_alone"].format(**facts))

    def sidebar_chapter(self, sidebar: Sidebar) -> str:
        """Title of the chapter *sidebar* is: "Analysis: NAME", else its heading."""
        heading = self._heading(sidebar)
        if sidebar.author and heading.casefold() == self.table["label"][sidebar.kind].casefold():
            return self.chapter("sidebar", label=heading, name=sidebar.author)
        return heading

    def _heading(self, sidebar: Sidebar) -> str:
        """The heading without the author's name and role, with a label when it has no word of its kind."""
        heading = sidebar.heading
        for part in (sidebar.author_role, sidebar.author):
            if part:
                heading = re.sub(re.escape(part), "", heading, flags=re.IGNORECASE)
        heading = re.sub(r"^[\s:,;|–—-]+|[\s:,;|–—-]+$", "", heading.strip())
        heading = _LINKING.sub("", _BOX.sub("", heading, count=1) if _BOX.match(heading) else heading)
        label = str(self.table["label"][sidebar.kind])
        if not heading or _LINKING.fullmatch(f" {heading}"):
            return label
        if heading.isupper() and len(heading) > 4:
            heading = heading.capitalize()
        named = sidebar.kind in {"analysis", "scene", "profile"} and not self._says(sidebar.kind, heading)
        return f"{label}: {heading}" if named else heading

    def _says(self, kind: str, heading: str) -> bool:
        low = heading.casefold().replace("’", "'")
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low) for word in self.table["says"][kind])

    def _is_announced(self, kind: str, heading: str) -> bool:
        """Whether the heading, spoken alone, tells a listener what is coming."""
        if kind in {"analysis", "scene", "profile"} or heading == self.table["label"][kind]:
            return True
        return kind == "timeline" and self._says(kind, heading)


def _closed(cue: str) -> str:
    """*cue* with one mark at its end, and none before the author's comma."""
    cue = re.sub(r"([?!])(,|\.)", lambda found: found[1] if found[2] == "." else f"{found[1]} ", cue)
    return re.sub(r"\s+", " ", re.sub(r"[.…]+\.$", ".", cue)).strip()


@cache
def read_cues(language: str) -> Cues:
    """The cues of *language* ("pt-BR" reads pt.toml), English for languages that have no file."""
    base = language.partition("-")[0].lower()
    folder = Path(__file__).parent / "lang"
    file = folder / f"{base}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", base) or not file.is_file():
        base, file = "en", folder / "en.toml"
    return Cues(base, parse_toml(file.read_text(encoding="utf-8")))
