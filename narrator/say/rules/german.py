"""What only German needs: years by hundreds, and dotted ordinals with their endings."""

from __future__ import annotations

import re

from narrator.say.context import after, before, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.roman import roman_value
from narrator.say.tables import Tables


def below_hundred(number: int, tables: Tables) -> str:
    """Words for 0 to 99.

    >>> from narrator.say.tables import read_tables
    >>> below_hundred(84, read_tables("de"))
    'vierundachtzig'
    """
    ones, tens = tables.listed("ones"), tables.listed("tens")
    if number < 20:
        return ones[number]
    ten, one = divmod(number, 10)
    joined = "" if not one else f"{'ein' if one == 1 else ones[one]}und"
    return f"{joined}{tens[ten - 2]}"


def ordinal_stem(number: int, tables: Tables) -> str:
    """The ordinal of 1 to 99 without its ending.

    >>> from narrator.say.tables import read_tables
    >>> [ordinal_stem(number, read_tables("de")) for number in (1, 3, 7, 21)]
    ['erst', 'dritt', 'siebt', 'einundzwanzigst']
    """
    if number in {1, 3, 7, 8}:
        return {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}[number]
    return below_hundred(number, tables) + ("t" if number < 20 else "st")


@rule(r"(?P<century>1[1-9])(?P<rest>\d\d)(?P<plural>er)?(?![\w]|[.,:/]\d)", starts="1", opening=r"1[1-9]\d\d")
def year(match: Match, tongue: Tongue) -> str | None:
    """Such as "1984", "die 1990er": 1100 to 1999 are counted in hundreds."""
    if before(match, 1) in {".", ",", "/", "-"}:
        return None
    rest = int(match["rest"])
    said = f"{below_hundred(int(match['century']), tongue.tables)}hundert"
    if rest:
        said += below_hundred(rest, tongue.tables)
    return said + (match["plural"] or "")


@rule(
    r"(?P<number>[1-9]\d?)\.(?:/(?P<second>[1-9]\d?)\.)?"
    r"(?= (?:{months}\b|[A-ZÄÖÜ][a-zäöüß]|F[CSV]{1,2}\b))",
    starts=r"\d",
    opening=r"\d+\.",
)
def dotted_ordinal(match: Match, tongue: Tongue) -> str | None:
    """Such as "am 3. Oktober", "das 21. Jahrhundert", "der 1. FC Köln"."""
    following = re.match(r" ([\w-]+)", after(match))
    if following and following[1] in tongue.tables.words("starters"):
        return None
    ending = _ending(word_before(match), following[1] if following else "", tongue.tables)
    said = f"{ordinal_stem(int(match['number']), tongue.tables)}{ending}"
    if match["second"]:
        said += f" und {ordinal_stem(int(match['second']), tongue.tables)}{ending}"
    return said


def _ending(left: str, right: str, tables: Tables) -> str:
    if left in tables.words("genitive_after"):
        return "en"
    if left in tables.words("definite_after"):
        return "e"
    return "er" if right in tables["months"] else "e"


@rule(
    r"(?P<day>[0-3]?\d)\. ?(?P<month>[01]?\d)\. ?(?P<year>(?:19|20)\d\d)?(?!\d|\.\d)",
    starts=r"\d",
    opening=r"\d+\.",
)
def numeric_date(match: Match, tongue: Tongue) -> str | None:
    """Such as "3.10.1990", "am 24.12."."""
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    names = [name for short, name in tongue.tables["months"].items() if short == name and short != "Jänner"]
    ending = _ending(word_before(match), names[month - 1], tongue.tables)
    said = f"{ordinal_stem(day, tongue.tables)}{ending} {names[month - 1]}"
    return f"{said} {_year_words(match['year'], tongue.tables)}" if match["year"] else said


def _year_words(written: str, tables: Tables) -> str:
    century, rest = int(written[:2]), int(written[2:])
    if century >= 20:
        return written
    return f"{below_hundred(century, tables)}hundert{below_hundred(rest, tables) if rest else ''}"


@rule(r"(?P<name>[A-ZÄÖÜ][\w'’-]+) (?P<numeral>[IVX]{1,6})\.(?=[\s,;:)–-]|$)", starts="A-ZÄÖÜ")
def ruler(match: Match, tongue: Tongue) -> str | None:
    """Such as "Johannes Paul II."."""
    numeral, name = match["numeral"], match["name"]
    if len(numeral) == 1 and name not in tongue.tables.words("rulers"):
        return None
    stem = ordinal_stem(roman_value(numeral), tongue.tables)
    ending = "en" if word_before(match) in tongue.tables.words("genitive_after") else "e"
    article = "dem" if ending == "en" else "der"
    stop = "." if not after(match).strip() else ""
    return f"{name} {article} {stem.capitalize()}{ending}{stop}"


RULES = (dotted_ordinal, numeric_date, ruler, year)
