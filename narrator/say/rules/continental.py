"""French, German, Spanish, Portuguese and Italian: what their voices misread is written out.

espeak-ng reads figures in these languages by itself, so numbers stay figures here; what is put
in words is what stands around them. All wording is in the languages' tables. ``rewrites`` holds
what a pattern alone can say: [characters it begins with, pattern, what is said].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrator.say.context import after, before, word_after
from narrator.say.rule import Match, Rule, Saying, Tongue, rule
from narrator.say.rules.roman import ROMAN, roman_value
from narrator.say.tables import Tables

_FIGURE = r"\d{1,3}(?:[. '’]\d{3})+(?:,\d+)?(?![\d.]*\d)|\d+\.\d\d?(?!\d)|\d+(?:,\d+)?"
_PLAIN_DECIMAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"


def plain_figure(written: str) -> str:
    """A number without the points or spaces between its thousands, with a decimal comma.

    >>> plain_figure("12.500,5"), plain_figure("3.5")
    ('12500,5', '3,5')
    """
    if re.fullmatch(r"\d+\.\d\d?", written):
        return written.replace(".", ",")
    return re.sub(r"[. '’]", "", written)


def _pick(forms: str, figure: str) -> str:
    """The singular or the plural of "one|many" for a number."""
    one, _, many = forms.partition("|")
    whole = figure.partition(",")[0]
    return one if whole == "1" and "," not in figure else many.partition("|")[0] or one


@rule(rf"(?P<figure>{_FIGURE})(?![\w,.]*\d)", starts=r"\d")
def grouped(match: Match, tongue: Tongue) -> str | None:
    """Such as "12.500", "12 500": thousands closed up."""
    written = match["figure"]
    if before(match, 1) in {".", ","} or re.match(r"[:/]\d", after(match)):
        return None
    if " " in written and re.match(r" \d", after(match)):
        return None  # a telephone number's groups
    return plain_figure(written)


@rule(rf"(?P<figure>{_PLAIN_DECIMAL})(?![\w,.]*\d)", starts=r"\d")
def pointed(match: Match, tongue: Tongue) -> str | None:
    """Such as "12,500.5": figures of regions that write the decimal point."""
    if tongue.region not in tongue.tables.words("point_regions"):
        return None
    return match["figure"].replace(",", "").replace(".", ",")


@rule(
    rf"(?P<figure>{_FIGURE}) ?(?P<magnitude>{{magnitudes}}(?=[ €$£]))? ?(?P<sign>{{currencies}})(?!\w)",
    starts=r"\d",
)
def money(match: Match, tongue: Tongue) -> str | None:
    """Such as "3,5 M€", "3,50 €", "5 $"."""
    return _money_words(match, tongue)


@rule(
    rf"(?P<sign>{{currencies}}) ?(?P<figure>{_FIGURE})(?: ?(?P<magnitude>{{magnitudes}})(?!\w))?",
    starts=r"€$£¥A-Z",
)
def money_before(match: Match, tongue: Tongue) -> str | None:
    """Such as "R$ 5 milhões", "€ 3,50"."""
    return _money_words(match, tongue)


def _money_words(match: Match, tongue: Tongue) -> str:
    tables = tongue.tables
    figure = plain_figure(match["figure"])
    forms = tables["currencies"][match["sign"]]
    if match["magnitude"]:
        magnitude = _pick(tables["magnitudes"][match["magnitude"]], figure)
        return f"{figure} {magnitude} {_pick(forms, '2')}".replace("' ", "'")
    whole, _, part = figure.partition(",")
    if len(part) != 2:
        return f"{figure} {_pick(forms, figure)}"
    if part == "00":
        return f"{whole} {_pick(forms, whole)}"
    return tables["money"]["with_cents"].format(
        whole=whole, unit=_pick(forms, whole), cents=part.lstrip("0"), cent=forms.split("|")[2]
    )


@rule(rf"(?P<sign>[-−–]?)(?P<figure>{_FIGURE}) ?(?P<unit>{{units}})(?![\w²³°/])", starts=r"\d−–-")
def measure(match: Match, tongue: Tongue) -> str | None:
    """Such as "120 km/h", "25 °C"."""
    if match["sign"] and before(match, 1).strip(" ("):
        return None
    if match["unit"] == "°" and word_after(match) in tongue.tables.words("ranked_things"):
        return None  # "1° posto" is a rank
    figure = plain_figure(match["figure"])
    minus = f"{tongue.tables['signs']['−']} " if match["sign"] else ""
    return f"{minus}{figure} {_pick(tongue.tables['units'][match['unit']], figure)}"


@rule(r"(?P<title>{titles})\.?(?= [A-ZÀ-Ý«„\"“])", starts=r"A-Za-z")
def title(match: Match, tongue: Tongue) -> str | None:
    """Such as "M. Dupont", "Sra. Díaz": a title before a name."""
    written = match["title"]
    if len(written) == 1 and not match[0].endswith("."):
        return None
    return tongue.tables.said("titles", written)


@rule(r"(?P<word>{Abbreviations})(?:(?<=[-'’])|(?!\w))", starts=r"A-Za-zÀ-ÿ§&")
def abbreviation(match: Match, tongue: Tongue) -> str | None:
    """Such as "z. B.", "c.-à-d.", "EE. UU."."""
    said = tongue.tables.said("abbreviations", match["word"])
    ends = match["word"].endswith(".") and not after(match).strip(" »”\"')")
    return said + ("." if ends else "")


@rule(r"(?P<word>{Before_numbers}) ?(?=\d)", starts=r"A-Za-zº°№§")
def before_number(match: Match, tongue: Tongue) -> str | None:
    """Such as "n° 10", "Nr. 5", "pág. 3"."""
    return f"{tongue.tables.said('before_numbers', match['word'])} "


@rule(r"(?P<number>\d{1,3})(?P<ending>{ordinal_endings})(?!\w)", starts=r"\d")
def ordinal(match: Match, tongue: Tongue) -> str | None:
    """Such as "3ème", "2ª", "1.º", where the ending shows that it is an ordinal."""
    number = int(match["number"])
    form = tongue.tables["ordinal_endings"][match["ending"]]
    words = tongue.tables.listed(f"ordinals_{form}")
    if 0 < number <= len(words):
        return words[number - 1]
    return None


@rule(
    rf"(?P<numeral>{ROMAN})(?P<ending>e|er|ème|º|ª|\.)?(?![\w'’]|[.&/-]\w)",
    starts="IVXLC",
    opening=r"[IVXLC]+(?:e|er|ème|º|ª)?(?!\w)",
)
def numeral(match: Match, tongue: Tongue) -> str | None:
    """Such as "Louis XIV", "XXIe siècle", "Felipe VI"."""
    tables = tongue.tables
    value = roman_value(match["numeral"])
    dot = "." if match["ending"] == "." and tables.language != "de" else ""
    if word_after(match) in tables.words("century_words") and not dot:
        return _ordinal(value, tables, "century")
    name = re.search(r"([A-ZÀ-Ý][\w'’-]+) $", before(match))
    if not name:
        return None
    if name[1] in tables.words("numbered_things"):
        return f"{value}{dot}"
    if len(match["numeral"]) == 1 and name[1] not in tables.words("rulers"):
        return None
    if value > 39 or "L" in match["numeral"]:
        return None
    use = "f" if name[1] in tables.words("queens") else "ruler"
    return (_ordinal(value, tables, use) or str(value)) + dot


def _ordinal(value: int, tables: Tables, use: str) -> str | None:
    words = tables.listed(f"ordinals_{use}")
    return words[value - 1] if value <= len(words) else None


RULES = (
    money,
    money_before,
    measure,
    before_number,
    title,
    abbreviation,
    ordinal,
    numeral,
    pointed,
    grouped,
)


def rewrites(tables: Tables) -> Iterator[Rule]:
    """The rules that are a pattern and what is said for it, from the table ``rewrites``."""
    for number, (starts, template, said) in enumerate(tables.rows("rewrites")):
        yield Rule(f"rewrite{number}", template, starts, _expand(said))


def _expand(said: str) -> Saying:
    def expand(match: Match, tongue: Tongue) -> str | None:
        return match.expand(said)

    return expand
