"""Quotes, dashes, ellipses, brackets, footnote marks, emoji and single signs."""

from __future__ import annotations

import re

from narrator.say.context import after, before
from narrator.say.rule import Match, Tongue, rule

_EMOJI = (
    r"\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u25a0-\u25ff"
    r"\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f\u2934\u2935\u3030\u303d\u3297\u3299"
)
"""Pictures, the marks that join and colour them, and tags of flags, as the inside of a class."""


@rule(
    rf"(?:[#*0-9]\ufe0f?\u20e3|[{_EMOJI}])+\s*",
    starts=rf"{_EMOJI}#*0-9",
    opening=r"[^#*0-9]|.[\ufe0f\u20e3]",
)
def emoji(match: Match, tongue: Tongue) -> str | None:
    """Pictures are not read out."""
    return " "


@rule(r"\s*(?:\.\s?){3,}\.?|\s*…\.*", starts=r"\s.…", opening=r"\s*…|\s+\.|\.(?:\.|\s(?:\.|$))")
def ellipsis(match: Match, tongue: Tongue) -> str | None:
    """A pause; at the end of a sentence its full stop."""
    rest = after(match)
    if not before(match).strip(" “\"‘'("):
        return ""
    if re.match(r"\s*[,.;:!?]", rest):
        return ""
    if re.match(r"\s*[(a-z0-9]", rest):
        return ", " if rest[0].isspace() or rest[0].isalnum() else ","
    return "."


@rule(r"\s+(?:[-–—―]|--+|—-)\s+|\s*[—―]\s*|\s*--+\s*", starts=r"\s\-—―–", opening=r"\s+[-–—―]|[—―]|--")
def dash(match: Match, tongue: Tongue) -> str | None:
    """A pause, as a comma makes it."""
    left, right = before(match, 1), after(match, 1)
    if not left or not right:
        return ""
    if left in ",;:.!?(" or right in ",;:.!?)":
        return " "
    return ", "


@rule(
    r"\s*\[(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z]|[Nn]ote \d+|citation needed|edit|[*†‡])\]",
    starts=r"\s\[",
    opening=r"\s*\[",
)
def footnote(match: Match, tongue: Tongue) -> str | None:
    """A footnote's mark is not read out."""
    return ""


@rule(r"[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+", starts="¹²³⁴⁵⁶⁷⁸⁹⁰†‡")
def raised(match: Match, tongue: Tongue) -> str | None:
    """A raised figure after a word or a full stop is a footnote's mark."""
    return "" if before(match, 1).strip() else None


@rule(r"</?[A-Za-z][^<>]{0,200}>", starts="<")
def tag(match: Match, tongue: Tongue) -> str | None:
    """What looks like markup is left as it stands: no rule takes it apart, no engine obeys it."""
    return match[0]


@rule(r"[\[\]]", starts=r"\[\]")
def square(match: Match, tongue: Tongue) -> str | None:
    """Square brackets hold what an editor put in: the words are read on."""
    return ""


@rule(r"\s*\((?=[^()]*\))", starts=r"\s(", opening=r"\s*\(")
def opening(match: Match, tongue: Tongue) -> str | None:
    """A bracket makes a pause."""
    if re.match(r"\d{3}\)[ -]?\d{3}[ -]\d", after(match)):
        return None  # a telephone number's area
    left = before(match, 1)
    if not left or left in ',;:.!?“"‘—':
        return " " if left else ""
    return ", " if match[0][0].isspace() else " "


@rule(r"\)", starts=")")
def closing(match: Match, tongue: Tongue) -> str | None:
    """A closing bracket makes a pause, unless another sign does."""
    if re.match(r"\s*(?:[,.;:!?)”\"’]|$|[-–—])", after(match)):
        return ""
    return "," if re.match(r"\s", after(match)) else " "


@rule(r"[•·▪◦‣⁃|¦]\s*", starts="•·▪◦‣⁃|¦")
def bullet(match: Match, tongue: Tongue) -> str | None:
    """List signs are not read out; between words they part clauses."""
    left = before(match).rstrip()
    return ", " if left and left[-1].isalnum() else ""


@rule(r"[®™©℠*]+", starts="®™©℠*")
def silent(match: Match, tongue: Tongue) -> str | None:
    """Trade marks and stars of emphasis."""
    if re.search(r"\d\s*$", before(match)) and re.match(r"\s*\d", after(match)):
        return None
    return ""


@rule(r"\s*(?P<sign>[+=×÷±≈≤≥~])\s*(?=[\d£$€xyz])", starts=r"\s+=×÷±≈≤≥~", opening=r"\s*[+=×÷±≈≤≥~]")
def operator(match: Match, tongue: Tongue) -> str | None:
    """Signs of arithmetic before a number; in "fax +44" the plus is a telephone number's."""
    if match["sign"] == "+" and match[0].startswith(" ") and not match[0].endswith(" "):
        return None
    if match["sign"] in "=×÷" and not re.search(r"[\w)]$", before(match)):
        return None
    return f" {tongue.tables['signs'][match['sign']]} "


@rule(r"\s*&\s*", starts=r"\s&", opening=r"\s*&")
def ampersand(match: Match, tongue: Tongue) -> str | None:
    """Such as "Johnson & Sons", "won 3&2". Between letters without spaces it stays."""
    if match[0] == "&" and not (before(match, 1).isdecimal() and after(match, 1).isdecimal()):
        return None
    return f" {tongue.tables['signs']['&']} "


SILENT = (footnote, tag, emoji, ellipsis, dash, raised, square, opening, closing, bullet, silent)
"""Those that need no words, for any language."""
RULES = (*SILENT, operator, ampersand)
