"""Acronyms and names made of letters and figures."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import before, word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.names import letter_name, spell_letters


@rule(r"(?P<word>{spelled})(?P<s>s|['’]s)?(?![\w&])", starts="A-Z")
def spelled_acronym(match: Match, tongue: Tongue) -> str | None:
    """ "WHO", "IMF": acronyms an engine would take for words."""
    return spell_letters(match["word"], tongue) + (match["s"] or "")


@rule(r"(?P<word>{pronounced})(?![\w&])", starts="A-Za-z")
def pronounced_acronym(match: Match, tongue: Tongue) -> str | None:
    """ "DEFRA": acronyms an engine would spell, or say wrongly."""
    return tongue.tables["pronounced"][match["word"]]


@rule(r"(?P<letters>{letter_words})-?(?P<digits>\d{1,3})(?!\w)", starts="A-Za-z")
def word_code(match: Match, tongue: Tongue) -> str | None:
    """ "COP26", "Covid-19": letters that are said as a word."""
    return f"{tongue.tables['letter_words'][match['letters']]} {words.cardinal(int(match['digits']))}"


@rule(
    r"(?P<letters>[A-Z]{1,3})(?P<mark>[- ]?)(?P<digits>\d{1,4})(?P<tail>[A-Z]{1,2})?(?P<plural>['’]?s)?(?![\w.]\w|\w)",
    starts="A-Z",
)
def code(match: Match, tongue: Tongue) -> str | None:
    """ "F-16s", "S-400", "A320", "MH370": letters spelled, figures in a pilot's way."""
    if match["mark"] == " " or before(match, 1) in {"-", "."}:
        return None
    digits = match["digits"]
    if digits.startswith("0"):
        said = words.spelled(digits)
    elif len(digits) == 4:
        number = int(digits)
        said = words.cardinal(number) if number % 1000 == 0 else words.pairs(number)
    elif len(digits) == 3:
        said = words.pairs(int(digits))
    else:
        said = words.cardinal(int(digits))
    if match["plural"]:
        said = words.plural(said)
    tail = f" {' '.join(match['tail'])}" if match["tail"] else ""
    return f"{spell_letters(match['letters'], tongue)} {said}{tail}"


@rule(r"(?P<half>Q|H)(?P<number>[1-4])(?! ?[A-Z])(?![\w-])", starts="QH")
def part_of_year(match: Match, tongue: Tongue) -> str | None:
    """ "Q3", "H1"."""
    return f"{match['half']} {words.cardinal(int(match['number']))}"


@rule(r"(?P<quarter>[1-4])Q(?P<year>\d\d)\b", starts="1234")
def quarter(match: Match, tongue: Tongue) -> str | None:
    """ "2Q22"."""
    return (
        f"the {words.ordinal(int(match['quarter']))} quarter of twenty {words.cardinal(int(match['year']))}"
    )


@rule(r"(?P<digits>\d{1,3})(?P<letters>[A-Z]{1,3})(?![\w-])", starts=r"\d")
def figure_letter(match: Match, tongue: Tongue) -> str | None:
    """ "5G", "3D", "10A"."""
    return f"{words.cardinal(int(match['digits']))} {' '.join(letter_name(one, tongue) for one in match['letters'])}"


@rule(r"(?P<model>7[0-8]7)(?P<tail>s|-\d{1,3}[A-Z]*)?(?![\w%])", starts="7")
def airliner(match: Match, tongue: Tongue) -> str | None:
    """ "Boeing 737": said digit by digit."""
    if (
        word_before(match) not in {"boeing", "a", "an", "the", "two", "of", "dreamliner", "its"}
        or "oeing" not in match.string
    ):
        return None
    said = words.spelled(match["model"])
    tail = match["tail"] or ""
    if tail == "s":
        return words.plural(said)
    return said + (f" {words.pairs(int(re.sub(r'[^0-9]', '', tail)))}" if tail else "")


@rule(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{3,}(?!\w)", starts=r"A-Za-z0-9")
def mixed(match: Match, tongue: Tongue) -> str | None:
    """ "H1N1", "B2A23C": letters and figures in turn."""
    parts = re.findall(r"[A-Za-z]+|\d+", match[0])
    if len(parts) < 3 and not re.fullmatch(r"[a-z]+\d+", match[0]):
        return None
    said = []
    for part in parts:
        if part.isdigit():
            said.append(
                words.spelled(part) if part.startswith("0") or len(part) > 3 else words.cardinal(int(part))
            )
        elif part.isupper() and len(part) < 3:
            said.append(spell_letters(part, tongue))
        else:
            said.append(part)
    return " ".join(said)


RULES = (
    spelled_acronym,
    pronounced_acronym,
    word_code,
    part_of_year,
    quarter,
    airliner,
    code,
    figure_letter,
    mixed,
)
