"""How what is not in the audio is named: "Table: depths", "Bild ohne Bildunterschrift"."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from narrator.toml import parse_toml

ENGLISH = "en"


def name_omission(kind: str, name: str | None, language: str, *, site: str | None = None) -> str:
    """A few words for something left out, in *language*, else in English.

    Args:
        kind: a key of ``omissions.toml``, such as "table" or "video".
        name: its title, when it has one.
        language: BCP 47; the region does not matter.
        site: where it comes from, said when there is no title.

    >>> name_omission("table", "Pegelstände", "de-AT"), name_omission("video", None, "fr", site="vimeo.com")
    ('Tabelle: Pegelstände', 'Vidéo de vimeo.com')
    """
    words = _words(language.split("-")[0].lower())
    if name:
        return f"{words[kind]}: {name}"
    return f"{words[kind]} {words['from']} {site}" if site else words[kind]


@cache
def _words(language: str) -> dict[str, str]:
    tables = parse_toml((Path(__file__).parent / "omissions.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = tables.get(language, tables[ENGLISH])
    return found
