"""Titles before names, initials, and what stands after names."""

from __future__ import annotations

import re

from narrator.say.context import after, before, ends_sentence
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.places import ends_street
from narrator.say.spelling import letter_name

_CAPITAL = r"[\"“'‘(]?[A-Z]"
_NAME = r"[\"“'‘(]?(?:[A-Z](?:[\w'’-]|\.)|van |von |de |al-|(?:and|&) {titles}\b|\([Rr]etd?\b)"


@rule(
    rf"(?P<title>{{titles}})\b(?:\.(?= ?(?:{_CAPITAL}|{_NAME})|-elect\b)|(?= {_NAME}|-elect\b))", starts="A-Z"
)
def title(match: Match, tongue: Tongue) -> str | None:
    """Such as "Mr Smith", "St Paul": a title before a name."""
    written = match["title"]
    if written in tongue.tables["streets"] and ends_street(match):
        return None
    if written == "Gen" and re.match(r" (?:[A-Z]\b(?!\.)|Alpha\b)", after(match)):
        return None  # "Gen Z" is a generation
    if written == "Ms" and not tongue.phonemizes:
        return written  # only espeak-ng spells it
    return tongue.tables["titles"][written]


@rule(
    r"(?P<title>{titles}(?:\. ?{titles}\.(?: ?{titles}\.)*|(?:\.?-{titles}\b)+\.?)) ?(?=[A-Z])", starts="A-Z"
)
def title_chain(match: Match, tongue: Tongue) -> str | None:
    """Such as "Lt. Col. Ward", "Lt-Gen Rao": several titles before a name, dotted or joined."""
    titles = tongue.tables["titles"]
    parts = re.findall(r"[^.\s-]+", match["title"])
    return (titles.get(" ".join(parts)) or " ".join(titles[part] for part in parts)) + " "


@rule(r"(?P<title>{dotted_titles})\.(?= [A-Z]| of (?:the )?[A-Z])", starts="A-Z")
def dotted_title(match: Match, tongue: Tongue) -> str | None:
    """Such as "Fr. Brown", "Sec. of State". After a name "Sr." is another word."""
    if re.search(r"[A-Z]\w+,? $", before(match)):
        return None
    return tongue.tables["dotted_titles"][match["title"]]


@rule(r"(?P<word>{after_names})\b\.?", starts="A-Z")
def after_name(match: Match, tongue: Tongue) -> str | None:
    """Such as "Smith Jr.", "Acme Inc.", "Sons & Co"."""
    left = before(match)
    if not re.search(r"(?:[A-Z][\w'’.-]*|&|and)\.?,? $", left):
        return None
    bare = not match[0].endswith(".")
    if bare and match["word"] in {"Co", "Cos", "Sr"} and not re.search(r"(?:&|and) $", left):
        return None
    return tongue.tables["after_names"][match["word"]] + ("." if ends_sentence(match) else "")


@rule(r"(?:[A-Z]\. ?){1,4}(?=[A-Z][\w'’-])", starts="A-Z", opening=r"[A-Z]\.")
def initials(match: Match, tongue: Tongue) -> str | None:
    """Such as "J.K. Rowling", "George W. Bush": initials without their stops."""
    letters = re.findall("[A-Z]", match[0])
    left = before(match)
    if len(letters) == 1 and left.strip() and not re.search(r"[A-Z][\w'’-]+ $", left):
        return None
    if letters == ["I"] and " " in match[0]:
        return None
    first = re.match(r"[\w'’]+", after(match))
    if len(letters) == 1 and left.strip() and first and first[0] in tongue.tables.words("starters"):
        return None  # "plan B. The"
    return " ".join(letter_name(letter, tongue) for letter in letters) + " "


RULES = (title_chain, title, dotted_title, after_name, initials)
