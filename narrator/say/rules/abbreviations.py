"""Shortened words, and dotted acronyms."""

from __future__ import annotations

import re

from narrator.say.context import after, before, ends_sentence
from narrator.say.rule import Match, Tongue, rule
from narrator.say.spelling import spell_letters


@rule(r"(?P<word>{Abbreviations})(?![\w/-])", starts="A-Za-z")
def abbreviation(match: Match, tongue: Tongue) -> str | None:
    """Such as "approx.", "e.g.", "vs"."""
    written = match["word"]
    if written.lower() in tongue.tables.words("words_at_ends") and ends_sentence(match):
        return None
    said = tongue.tables.said("abbreviations", written)
    return said + ("." if written == "etc." and ends_sentence(match) else "")


@rule(r"(?P<word>{before_numbers})(?P<space> ?)(?=[£$€]?\d|(?<=\. )[IVX]{2,}\b)", starts="A-Za-z№§¶")
def before_number(match: Match, tongue: Tongue) -> str | None:
    """Such as "No 10", "pp. 4-6"; not in "he said no. 10 people"."""
    if not match["space"] and not match["word"].endswith((".", "№", "§", "¶")):
        return None
    left = before(match)
    if match["word"] == "no." and re.search(r"(?:said|answer(?:ed)?|voted|was) $", left):
        return None
    said = tongue.tables["before_numbers"][match["word"]]
    if not left.strip() or re.search(r"[.!?][”\"]? $", left):
        said = said[0].upper() + said[1:]
    return f"{said} "


@rule(r"v\.?(?= [A-Z0-9])", starts="v", opening=r"v(?:\.| (?:[A-Z0-9]|$))")
def versus(match: Match, tongue: Tongue) -> str | None:
    """Such as "Roe v. Wade", "England v Wales"."""
    return "versus" if re.search(r"[A-Z][\w'’.]* $", before(match)) else None


@rule(r"(?:[A-Z]\.){2,}s?(?!\w)", starts="A-Z", opening=r"[A-Z]\.")
def dotted_acronym(match: Match, tongue: Tongue) -> str | None:
    """Such as "U.S.", "U.N.", "D.C."."""
    letters = match[0].replace(".", "")
    stop = "." if match[0].endswith(".") and not after(match).strip(" ”\"’')") else ""
    if letters in tongue.tables.words("spelled_by_engines"):
        return letters + stop
    return spell_letters(letters, tongue) + stop


RULES = (before_number, abbreviation, versus, dotted_acronym)
