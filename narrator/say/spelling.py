"""Letters said one by one."""

from __future__ import annotations

from narrator.say.rule import Tongue


def letter_name(letter: str, tongue: Tongue) -> str:
    """A capital by itself. espeak-ng takes a lone English "A" for the article."""
    english = tongue.tables.language == "en"
    return "eigh" if letter == "A" and english and tongue.phonemizes else letter


def spell_letters(letters: str, tongue: Tongue) -> str:
    """An acronym letter by letter; the "s" of a plural stays at its last letter."""
    plural = len(letters) > 1 and letters.endswith("s")
    names = [letter_name(letter, tongue) for letter in (letters[:-1] if plural else letters)]
    return " ".join(names) + ("s" if plural else "")
