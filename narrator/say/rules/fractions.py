"""Parts of one: "3/4", "2½"."""

from __future__ import annotations

import re
import unicodedata

from narrator.say import words
from narrator.say.context import after, before, word_after, word_before
from narrator.say.rule import Match, Tongue, rule

VULGAR = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def fraction_words(above: int, below: int) -> str:
    """Words for *above* parts of *below*: "three quarters", "one half"."""
    many = above != 1
    if below == 2:
        part = "halves" if many else "half"
    elif below == 4:
        part = "quarters" if many else "quarter"
    elif below == 1:
        return f"{words.cardinal(above)} over one"
    else:
        part = words.ordinal(below) + ("s" if many else "")
    return f"{words.cardinal(above)} {part}"


def _mixed(whole: str, above: int, below: int) -> str:
    part = fraction_words(above, below)
    if above == 1:
        part = f"a {part.removeprefix('one ')}"
    return f"{words.cardinal(int(whole.replace(',', '')))} and {part}"


@rule(
    rf"(?P<whole>\d{{1,3}}(?:,\d{{3}})*|\d+)? ?(?P<sign>[{VULGAR}])(?P<hyphen>-(?=\w))?",
    starts=rf"\d{VULGAR}",
    opening=rf"[{VULGAR}]|\d++(?: ?[{VULGAR}]|,\d)",
)
def vulgar(match: Match, tongue: Tongue) -> str | None:
    """Such as "½ a mile", "2½ hours"."""
    above, below = map(int, unicodedata.normalize("NFKC", match["sign"]).split("⁄"))
    tail = " " if match["hyphen"] or after(match, 1).isalpha() else ""
    if match["whole"]:
        return _mixed(match["whole"], above, below) + tail
    said = fraction_words(above, below)
    if (above, below) == (1, 2):
        said = "half" if re.match(r" (?:an?|the|of|his|her|its|their|my|our)\b", after(match)) else "half a"
        if not re.match(r" [a-z]", after(match)):
            said = "half" if said == "half a" else said
    return said + tail


@rule(
    r"(?:(?P<whole>\d+)[ -])?(?P<above>\d{1,5}) ?[/⁄] ?(?P<below>\d{1,5})(?:ths?|rds?|TH|RD)?"
    r"(?![\d/]|[.,]\d)(?P<hyphen>-(?=[A-Za-z]))?",
    starts=r"\d",
    opening=r"\d++(?: ?[/⁄]|[ -]\d)",
)
def fraction(match: Match, tongue: Tongue) -> str | None:
    """Such as "3/4 of homes", "3 1/2 miles", "a 3-1/2-hour talk", "8/10"."""
    above, below = int(match["above"]), int(match["below"])
    if below == 0 or match["below"].startswith("0") or match["above"].startswith("0"):
        return None
    tail = " " if match["hyphen"] else ""
    if match["whole"]:
        return _mixed(match["whole"], above, below) + tail
    if below == 1:
        return f"{words.cardinal(above)} to one"
    if _is_cricket(above, below, match):
        return f"{words.cardinal(above)} for {words.cardinal(below)}"
    if _is_mark(above, below, match):
        return f"{words.cardinal(above)} out of {words.cardinal(below)}"
    if above > below:
        return f"{words.cardinal(above)} {_joint(above, below, match, tongue)}{words.cardinal(below)}{tail}"
    said = fraction_words(above, below)
    if said == "one half" and re.match(r" (?:an?|the)\b", after(match)):
        return "half"
    return f"{said.removesuffix('s')} " if match["hyphen"] else said


def _joint(above: int, below: int, match: Match, tongue: Tongue) -> str:
    """What stands between two figures that are no part of one: a split, "60/40", or odds, "11/4"."""
    shared = above + below == 100 or word_after(match) in tongue.tables.words("shared_things")
    return "" if shared else "to "


def _is_cricket(above: int, below: int, match: Match) -> bool:
    """Whether it is runs for wickets, "329/7", or wickets for runs, "took 3/45"."""
    if match["hyphen"] or after(match).startswith(" of"):
        return False
    took = word_before(match) in {"took", "taking", "claimed"}
    return (above >= 30 and below <= 10) or (took and above <= 10 < below)


def _is_mark(above: int, below: int, match: Match) -> bool:
    """Whether it is what a judge gives: "8/10", "5/5", "3/5 stars"."""
    if above > below or after(match).startswith(" of"):
        return False
    return (
        below in (10, 100) or above == below or bool(re.match(r" (?:stars?|points?|marks?)\b", after(match)))
    )


@rule(r"{fixed_figures}(?![\d/]|[.,-]\d)", starts=r"\d")
def fixed(match: Match, tongue: Tongue) -> str | None:
    """Figures with a reading of their own: "9/11", "24/7"."""
    return tongue.tables["fixed_figures"][match[0]] if not before(match, 1).isdecimal() else None


RULES = (fixed, vulgar, fraction)
