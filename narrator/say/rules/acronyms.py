"""Acronyms: which are words, which are letters."""

from __future__ import annotations

from narrator.say.context import word_before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.spelling import looks_like_word, spell_letters


@rule(r"(?P<word>{spelled})(?P<s>s|['’]s)?(?![\w&])", starts="A-Z")
def spelled_acronym(match: Match, tongue: Tongue) -> str | None:
    """Such as "WHO", "IAEA": acronyms an engine would take for words; not "It IS true"."""
    if word_before(match) in tongue.tables.words("pronouns"):
        return None
    return spell_letters(match["word"], tongue) + (match["s"] or "")


@rule(r"(?P<one>[A-Z]{1,2})&(?P<two>[A-Z])(?![\w&])", starts="A-Z", opening="[A-Z]{1,2}&")
def joined_letters(match: Match, tongue: Tongue) -> str | None:
    """Such as "A&E", "R&B": espeak-ng swallows the "and"."""
    if not tongue.phonemizes:
        return None
    return f"{spell_letters(match['one'], tongue)} and {spell_letters(match['two'], tongue)}"


@rule(r"(?P<word>{pronounced})(?![\w&])", starts="A-Za-z")
def pronounced_acronym(match: Match, tongue: Tongue) -> str | None:
    """Such as "DEFRA": acronyms an engine would spell, or say wrongly."""
    return tongue.tables["pronounced"][match["word"]]


@rule(r"(?P<word>(?=[A-Z]*[AEIOUY])[A-Z]{4,6})(?![\w&]|[-.]\w)", starts="A-Z", opening="[A-Z]{4}")
def unsayable(match: Match, tongue: Tongue) -> str | None:
    """Such as "IRGC", "COPD": no word could be written so, though espeak-ng tries to say it as one."""
    word, tables = match["word"], tongue.tables
    if not tongue.phonemizes or word in tables.words("acronyms") or looks_like_word(word, tables):
        return None
    return spell_letters(word, tongue)


RULES = (spelled_acronym, joined_letters, pronounced_acronym, unsayable)
