"""Web and mail addresses, handles and hashtags."""

from __future__ import annotations

import re

from narrator.say import words
from narrator.say.context import before
from narrator.say.rule import Match, Tongue, rule
from narrator.say.rules.codes import figures
from narrator.say.spelling import letter_name

_LONGEST_PATH = 40
"""Of a web address, a path longer than this many characters is not read out."""
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def spell_address(address: str, tongue: Tongue) -> str:
    """An address part by part: signs by name, digits singly, countries and "www" spelled."""
    said: list[str] = []
    signs = tongue.tables["web"]
    for part in re.findall(r"[A-Za-z]+|\d|[^A-Za-z\d]", address):
        last = address.endswith(part)
        if part.isdecimal():
            said.append(words.ONES[int(part)] if tongue.tables.language == "en" else part)
        elif part.isalpha():
            after_dot = bool(said) and said[-1] == signs["."]
            said.append(_label(part, after_dot, last, tongue))
        elif part in signs:
            said.append(signs[part])
    return " ".join(said)


def _label(part: str, after_dot: bool, last: bool, tongue: Tongue) -> str:
    spoken = tongue.tables["address_parts"].get(part.lower())
    if spoken:
        return spoken
    if (len(part) == 2 and after_dot and last) or part.lower() == "www":
        return " ".join(letter_name(letter, tongue) for letter in part.upper())
    return split_camel(part)


def split_camel(name: str) -> str:
    """Words of a name written together: "BBCBreaking" is "BBC Breaking"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)", " ", name)


@rule(
    rf"(?:https?://)?(?:{_LABEL}\.){{1,8}}(?P<top>[A-Za-z]{{2,}})(?P<path>(?:[/?#][\w./?=&#%+~:-]*)?)",
    starts="A-Za-z0-9",
    opening=r"[A-Za-z0-9]++(?:\.[A-Za-z0-9]|-|:/)",
)
def web_address(match: Match, tongue: Tongue) -> str | None:
    """Such as "bbc.co.uk", "www.example.org/news". The scheme and long paths are not read out."""
    has_scheme = "//" in match[0]
    if (
        not has_scheme
        and not match[0].startswith("www.")
        and match["top"] not in tongue.tables.words("top_domains")
    ):
        return None
    host = re.sub(r"^https?://", "", match[0][: len(match[0]) - len(match["path"])])
    path = match["path"].rstrip(".?#:")
    end = match["path"][len(path) :].replace("#", "").replace(":", "")
    path = path.rstrip("/")
    if len(path) > _LONGEST_PATH or re.search(r"[?#=%&]", path):
        path = ""
    return spell_address(host + path, tongue) + end


@rule(r"(?:https?|ftp|file)://\S*[\w/]", starts="hfHF", opening="(?:https?|ftp|file):")
def other_address(match: Match, tongue: Tongue) -> str | None:
    """Any other address with a scheme: its host and a short path."""
    rest = match[0].partition("://")[2].strip("/")
    return spell_address(rest if len(rest) <= _LONGEST_PATH else rest.partition("/")[0], tongue)


@rule(
    rf"[A-Za-z0-9](?:[\w.+&-]{{0,62}}\w)?@(?:{_LABEL}\.){{1,8}}[A-Za-z]{{2,}}(?:/[\w/-]+)?",
    starts="A-Za-z0-9",
    opening=r"[A-Za-z0-9][^\W_]*+(?:@|[_.+&-][\w.+&-])",
)
def mail_address(match: Match, tongue: Tongue) -> str | None:
    """Such as "news@example.com"."""
    return spell_address(match[0], tongue)


@rule(r"@(?=\s)", starts="@")
def at_sign(match: Match, tongue: Tongue) -> str | None:
    """Such as "coffee @ home"."""
    return tongue.tables["web"]["@"]


@rule(r"@(?P<name>[A-Za-z_]\w{1,29})", starts="@")
def handle(match: Match, tongue: Tongue) -> str | None:
    """Such as "@BBCBreaking"."""
    if before(match, 1).isalnum():
        return None
    return f"{tongue.tables['web']['@']} {_name_words(match['name'], tongue)}"


@rule(r"#(?P<name>\d*[A-Za-z_]\w*)", starts="#")
def hashtag(match: Match, tongue: Tongue) -> str | None:
    """Such as "#ClimateStrike"."""
    if before(match, 1).isalnum():
        return None
    return f"{tongue.tables['web']['#']} {_name_words(match['name'], tongue)}"


def _name_words(name: str, tongue: Tongue) -> str:
    said = split_camel(name).replace("_", " ")
    if tongue.tables.language != "en":
        return said
    return re.sub(r"\d+", lambda found: figures(found[0]), said)


RULES = (web_address, other_address, mail_address, at_sign, handle, hashtag)
