"""Numbers in English words, as a newsreader says them."""

from __future__ import annotations

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LARGEST = 10 ** (3 * len(SCALES)) - 1
"""The largest number with a name here; beyond it digits are read one by one."""


def cardinal(number: int) -> str:
    """*number* in words, with the "and" that the British always and Americans often say.

    >>> cardinal(1234)
    'one thousand two hundred and thirty-four'
    """
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number > LARGEST:
        return spelled(str(number))
    if number < 1000:
        return _below_thousand(number)
    parts = []
    groups = []
    while number:
        number, rest = divmod(number, 1000)
        groups.append(rest)
    for scale in range(len(groups) - 1, -1, -1):
        group = groups[scale]
        if not group:
            continue
        said = _below_thousand(group)
        if scale == 0 and group < 100:
            said = f"and {said}"
        parts.append(f"{said} {SCALES[scale]}".rstrip())
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    said = f"{ONES[hundreds]} hundred"
    if not rest:
        return said
    return f"{said} and {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]


def ordinal(number: int) -> str:
    """*number* as a place in a row.

    >>> ordinal(21)
    'twenty-first'
    >>> ordinal(101)
    'one hundred and first'
    """
    said = cardinal(number)
    cut = max(said.rfind(" "), said.rfind("-")) + 1
    return said[:cut] + _ordinal_word(said[cut:])


def _ordinal_word(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("y"):
        return f"{word[:-1]}ieth"
    return f"{word}th"


def plural(said: str) -> str:
    """Words for several of a number: "nineteen eighties", "F sixteens", "nineteen hundreds".

    >>> plural("nineteen eighty")
    'nineteen eighties'
    """
    if said.endswith("y"):
        return f"{said[:-1]}ies"
    if said.endswith(("x", "six")):
        return f"{said}es"
    return f"{said}s"


def spelled(digits: str) -> str:
    """Each digit by itself; what is no digit parts the words.

    >>> spelled("007")
    'zero zero seven'
    """
    return " ".join(ONES[int(digit)] for digit in digits if digit.isdecimal())


def year(number: int) -> str:
    """*number* as a year: by hundreds, but for the first ten years of a thousand.

    >>> year(1984), year(2005), year(1906), year(1900)
    ('nineteen eighty-four', 'two thousand and five', 'nineteen oh six', 'nineteen hundred')
    """
    hundreds, rest = divmod(number, 100)
    if hundreds < 10 or hundreds > 99 or (hundreds % 10 == 0 and rest < 10):
        return cardinal(number)
    return pairs(number)


def pairs(number: int) -> str:
    """*number* said two digits at a time, as house numbers and flights are.

    >>> pairs(370), pairs(1428), pairs(303), pairs(400)
    ('three seventy', 'fourteen twenty-eight', 'three oh three', 'four hundred')
    """
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return cardinal(rest)
    if not rest:
        return f"{cardinal(hundreds)} hundred"
    if rest < 10:
        return f"{cardinal(hundreds)} oh {ONES[rest]}"
    return f"{cardinal(hundreds)} {_below_hundred(rest)}"
