"""Titles, abbreviations, initials and street names."""

from __future__ import annotations

import re

from narrator.say.context import after, before
from narrator.say.rule import Match, Tongue, rule

_NEW_SENTENCE = re.compile(r"\s+[“\"‘']?[A-Z]")


def ends_sentence(match: Match) -> bool:
    """Whether the dot of a shortened word is also the full stop of its sentence."""
    rest = after(match)
    return match[0].endswith(".") and (not rest.strip(" ”\"’')") or bool(_NEW_SENTENCE.match(rest)))


@rule(
    r"(?P<title>{titles})\b(?P<dot>\.?)(?=[ . ])(?=\.? ?[ ]?(?:[\"“'‘(]?[A-Z](?:[\w'’-]|\.)|van |von |de |al-))",
    starts="A-Z",
)
def title(match: Match, tongue: Tongue) -> str | None:
    """ "Mr Smith", "Lt. Gov. Ray": a title before a name."""
    written = match["title"]
    if written in tongue.tables["streets"] and _ends_street(match):
        return None
    if written in {"Sec", "Ft", "Pres", "Det", "Comm", "Col", "Gen", "Hon", "Rep", "Mt"} and not match["dot"]:
        return (
            tongue.tables["titles"][written] if written in {"Mt", "Gen", "Col", "Det", "Rep", "Hon"} else None
        )
    if written == "Ms" and not tongue.phonemizes:
        return written
    return tongue.tables["titles"][written]


@rule(r"(?P<title>(?:{titles}\. ?)+)(?=[A-Z])", starts="A-Z")
def title_chain(match: Match, tongue: Tongue) -> str | None:
    """ "Lt. Col. Ward": several dotted titles before a name."""
    parts = re.findall(r"[^. ][^.]*", match["title"])
    if len(parts) < 2:
        return None
    joined = " ".join(part.strip() for part in parts)
    titles = tongue.tables["titles"]
    said = titles.get(joined) or " ".join(titles[part.strip()] for part in parts)
    return f"{said} "


@rule(r"(?P<title>{dotted_titles})\.(?= [A-Z])", starts="A-Z")
def dotted_title(match: Match, tongue: Tongue) -> str | None:
    """ "Fr. Brown". After a name "Sr." is another word."""
    if re.search(r"[A-Z]\w+,? $", before(match)):
        return None
    return tongue.tables["dotted_titles"][match["title"]]


@rule(r"(?P<word>{after_names})\b\.?", starts="A-Z")
def after_name(match: Match, tongue: Tongue) -> str | None:
    """ "Smith Jr.", "Acme Inc.", "Sons & Co"."""
    if not re.search(r"(?:[A-Z][\w'’.-]*|&|and)\.?,? $", before(match)):
        return None
    if (
        match["word"] in {"Co", "Cos", "Sr"}
        and not match[0].endswith(".")
        and not re.search(r"(?:&|and) $", before(match))
    ):
        return None
    return tongue.tables["after_names"][match["word"]] + (
        "." if ends_sentence(match) and not _has_verb(match) else ""
    )


def _has_verb(match: Match) -> bool:
    return bool(after(match).strip()) and not _NEW_SENTENCE.match(after(match))


@rule(r"(?P<word>{streets})\b(?P<dot>\.?)", starts="A-Z")
def street(match: Match, tongue: Tongue) -> str | None:
    """ "12 Palm Dr.", "Mill St": a kind of street after its name."""
    if not _ends_street(match):
        return None
    return tongue.tables["streets"][match["word"]] + ("." if ends_sentence(match) else "")


def _ends_street(match: Match) -> bool:
    left, right = before(match), after(match)
    numbered = bool(re.search(r"\d+[a-z]? (?:[NSEW]\.? )?(?:[A-Z0-9][\w'’.-]* ){1,3}$", left))
    named = bool(re.search(r"(?:^|[^.!?] |[^.!?\w ])(?:[A-Z][\w'’-]+|\d+(?:st|nd|rd|th)) $", left))
    if not (numbered or named):
        return False
    if re.match(r"\.? [A-Z][\w'’]*", right) and not numbered:
        return False
    return (
        numbered
        or match[0].endswith(".")
        or (bool(re.match(r"[,;:)]|$|\s+[a-z]", right)) and match[0] not in {"Dr", "Ct", "Pl"})
    )


@rule(r"(?P<word>{Abbreviations})(?![\w/-])", starts="A-Za-z")
def abbreviation(match: Match, tongue: Tongue) -> str | None:
    """ "approx.", "e.g.", "vs"."""
    written = match["word"]
    if written in {"min.", "max.", "ed.", "est.", "temp.", "tel.", "para."} and ends_sentence(match):
        return None
    said = tongue.tables.said("abbreviations", written)
    return said + ("." if written == "etc." and ends_sentence(match) else "")


@rule(r"(?P<word>{before_numbers})(?P<space>[  ]?)(?=\d)", starts="A-Za-z№")
def before_number(match: Match, tongue: Tongue) -> str | None:
    """ "No 10", "pp. 4-6"."""
    if not match["space"] and not match["word"].endswith((".", "№")):
        return None
    if match["word"] == "no." and re.search(r"(?:said|answer(?:ed)?|voted|was) $", before(match)):
        return None
    said = tongue.tables["before_numbers"][match["word"]]
    if not before(match).strip() or re.search(r"[.!?][”\"]? $", before(match)):
        said = said[0].upper() + said[1:]
    return f"{said} "


@rule(r"(?:v|v\.)(?= [A-Z0-9])", starts="v")
def versus(match: Match, tongue: Tongue) -> str | None:
    """ "Roe v. Wade", "England v Wales"."""
    return "versus" if re.search(r"[A-Z][\w'’.]* $", before(match)) else None


@rule(r"(?:[A-Z]\. ?){1,4}(?=[A-Z][\w'’-])", starts="A-Z")
def initials(match: Match, tongue: Tongue) -> str | None:
    """ "J.K. Rowling", "George W. Bush": initials without their stops."""
    letters = re.findall("[A-Z]", match[0])
    if len(letters) == 1 and not re.search(r"[A-Z][\w'’-]+ $", before(match)) and before(match).strip():
        return None
    if match[0].startswith("I. ") and len(letters) == 1:
        return None
    return " ".join(letter_name(letter, tongue) for letter in letters) + " "


def letter_name(letter: str, tongue: Tongue) -> str:
    """A capital by itself. espeak takes a lone "A" for the article."""
    return "eigh" if letter == "A" and tongue.phonemizes and tongue.tables.language == "en" else letter


@rule(r"(?:[A-Z]\.){2,}s?(?!\w)", starts="A-Z")
def dotted_acronym(match: Match, tongue: Tongue) -> str | None:
    """ "U.S.", "U.N.", "D.C."."""
    letters = match[0].replace(".", "")
    rest = after(match)
    stop = "." if not rest.strip(" ”\"’')") and not match[0].endswith("s") else ""
    if letters in {"US", "UK", "UN", "EU"}:
        return letters + stop
    return spell_letters(letters, tongue) + stop


def spell_letters(letters: str, tongue: Tongue) -> str:
    """An acronym letter by letter; a plural or possessive "s" stays at the last letter."""
    plural = letters.endswith("s")
    names = [letter_name(letter, tongue) for letter in (letters[:-1] if plural else letters)]
    return " ".join(names) + ("s" if plural else "")


@rule(r", (?P<state>{state_codes})(?=,? \d{5}\b|[,.;)]|$| [a-z])", starts=",")
def state_code(match: Match, tongue: Tongue) -> str | None:
    """ "Santa Clara, CA 95051"."""
    if not re.search(r"[A-Z][\w'’.]*$", before(match)):
        return None
    return f", {tongue.tables['state_codes'][match['state']]}"


@rule(r", (?P<state>{state_names})\.", starts=",")
def state_name(match: Match, tongue: Tongue) -> str | None:
    """ "Austin, Tex.,"."""
    if not re.search(r"[A-Z][\w'’.]*$", before(match)):
        return None
    return f", {tongue.tables['state_names'][match['state']]}" + ("." if ends_sentence(match) else "")


RULES = (
    title_chain,
    title,
    dotted_title,
    street,
    after_name,
    before_number,
    abbreviation,
    versus,
    dotted_acronym,
    initials,
    state_code,
    state_name,
)
