"""Who took a picture: credits told from a caption's words by their form, and cut."""

from __future__ import annotations

import re

from narrator.read.bylines import cut_byline
from narrator.read.given_names import is_given_name
from narrator.read.markers import Markers
from narrator.read.names import is_name
from narrator.read.passages import closes, fold, opens_quote

_BRACKET = re.compile(r"\s*[\[(]([^()\[\]]{2,90})[\])]\.?\s*$")
_SENTENCE_END = re.compile(
    r"(?<!\b\w)[.!?…][\"”’»)]?\s+|(?<=[a-zà-ÿ]{3})\.(?=[A-ZÀ-Þ][a-zà-ÿ.])|(?<=\d{4})\.(?=[A-ZÀ-Þ])|\s[|–—-]\s+"
)
_IN_ADDRESS = re.compile(r"\.\w{2,}/")
_COMMISSIONED = re.compile(r"\s(?:for|pour|für|para|per|voor)\s(?:the\s)?")
_SLASH_NAME = re.compile(r"\s/\s?([A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3})\s*$")
_MAY_HOLD_CREDIT = re.compile(
    r"[:/(\[|©]|\s[–—-]\s|[.!?…\"”’»)]\s|\b(?:image|photo|picture|media|cr[eé]d|bild|foto|fuente|fonte|bron)",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"\bCC(?:0\b|[ -]BY\b)")
_TAIL = 170
"""Characters at a caption's end in which a credit may begin."""


def is_credit(text: str, markers: Markers) -> bool:
    """Whether a line is a credit and nothing else: "Image copyright AFP"."""
    if len(text) > 110 or cut_byline(text, markers) is not None:
        return False
    match = markers.credit.match(text)
    if match and is_creditee(text[match.end() :].strip(" ()[]."), markers, labelled=True):
        return True
    inner = text.strip(" ()[]|.")
    if not inner or len(inner.split()) > 8 or not is_creditee(inner, markers):
        return False
    return _has_agency(inner, markers) or _is_slashed(inner)


def cut_credit(text: str, markers: Markers) -> str:
    """A caption without the photographer's credit at its end.

    >>> from narrator.read.markers import read_markers
    >>> cut_credit("The house in May. Photograph: Ian Moxon/The Courier", read_markers("en"))
    'The house in May.'
    """
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        # The whole caption stands in brackets, its credit after the last comma.
        words, comma, who = text[1:-1].rpartition(",")
        if comma and _has_agency(who.strip(), markers) and is_creditee(who, markers):
            return words.rstrip()
    tail_at = max(0, len(text) - _TAIL)
    if not _MAY_HOLD_CREDIT.search(text, tail_at):
        return _cut_bare_agency(text, markers)
    bracket = _BRACKET.search(text, tail_at)
    if bracket and _is_bracket_credit(bracket[1], markers):
        return text[: bracket.start()].rstrip(" |–—-")
    for match in markers.credit.finditer(text, tail_at):
        who = text[match.end() :].strip(" ()[].")
        said = match[0].rstrip().endswith(":") and _is_few(who)
        if match.start() and (said or is_creditee(who, markers, labelled=True)):
            return text[: match.start() + (1 if text[match.start()] in ".!?…" else 0)].rstrip(" |([/–—;-")
    for end in _SENTENCE_END.finditer(text, tail_at):
        rest = text[end.end() :].strip(" /–—|.")
        after_dash = not closes(text[: end.end()].rstrip())
        if _is_named_credit(rest, text, markers) and (not after_dash or _names_agency(rest, markers)):
            return text[: end.end()].rstrip(" |/–—-")
    slash = _SLASH_NAME.search(text, tail_at)
    if slash and (closes(text[: slash.start()]) or slash[1].isupper() or _has_agency(slash[1], markers)):
        return text[: slash.start()].rstrip()
    return _cut_bare_agency(text, markers)


def _is_few(who: str) -> bool:
    """Short enough to be who a picture is by, in whatever letters: "Foto: leitor do blog"."""
    return 1 <= len(who.split()) <= 5 and not closes(who)


def _names_agency(rest: str, markers: Markers) -> bool:
    """ "Ann Bell/The Post", or an agency: a credit even where only a dash stands before it."""
    return _has_agency(rest, markers) or (
        re.search(r"\w/\w", rest) is not None and is_name(rest.partition("/")[0], markers)
    )


def _is_named_credit(rest: str, text: str, markers: Markers) -> bool:
    """What follows a caption's last sentence is a credit by its form: an agency, "Ann Bell/The Post",
    "Ann Bell for The Post", or capitals where the caption has none.
    """
    if not rest or opens_quote(rest) or not is_creditee(rest, markers):
        return False
    last = rest.split()[-1].casefold()
    if last in markers.words["credit_alone"] and len(rest.split()) <= 4:
        return True  # "Supplied", "Ann Bell photo"
    who, comma, _ = rest.partition(",")
    shouted = rest.isupper() or (bool(comma) and who.isupper() and " " in who)
    return (
        _has_agency(rest, markers)
        or _is_slashed(rest)
        or " | " in rest
        or _LICENCE.search(rest) is not None
        or (shouted and not text[:40].isupper())
        or _is_commissioned(rest, markers)
    )


def _is_commissioned(text: str, markers: Markers) -> bool:
    """ "Ann Bell for The Courier"."""
    who = _COMMISSIONED.split(text, maxsplit=1)
    return len(who) == 2 and is_name(who[0], markers) and who[1][:1].isupper()


def cut_name(text: str, markers: Markers) -> str:
    """A caption without a name alone behind its last sentence: "Boats at the gate. Ann Bell"."""
    for end in _SENTENCE_END.finditer(text, max(0, len(text) - _TAIL)):
        rest = text[end.end() :]
        last = text[: end.start()].split()[-1:]
        if last and last[0].casefold() in markers.words["honorifics"]:
            continue  # "Minister for Works, Engr. Ann Bell"
        if rest.count(" ") in {1, 2} and is_name(rest, markers) and text.count(" ", 0, end.start()) >= 3:
            return text[: end.end()].rstrip()
    return text


def cut_bracketed(text: str, markers: Markers, *, sure: bool) -> str:
    """A caption without a name alone in brackets behind it: "The gate at noon (Ann Bell)".

    Where it is *sure* that the line is a caption, any few words will do that say no position: "(Getaway)".
    """
    bracket = _BRACKET.search(text)
    if bracket is None or text.count(" ", 0, bracket.start()) < 4:
        return text
    inner = bracket[1].strip()
    words = inner.split()
    known = is_given_name(words[0]) or (words[-1].isupper() and not words[0].isupper())
    named = is_name(inner, markers) and known and not closes(text)
    alone = (
        sure
        and _is_few(inner)
        and not _says_where(inner, markers)
        and is_creditee(inner, markers, labelled=True)
    )
    return text[: bracket.start()].rstrip(" |–—-") if named or alone else text


def _says_where(inner: str, markers: Markers) -> bool:
    """ "(left)", "(in red)", "(12)", "(WHO)": part of the caption's words."""
    small = inner[:1].islower() and " " in inner
    known = {fold(inner), f"({fold(inner)})"} & set(markers.phrases["caption_words"])
    short_for = " " not in inner and sum(char.isupper() for char in inner) > 1
    return small or short_for or bool(known) or any(char.isdigit() for char in inner)


def _cut_bare_agency(text: str, markers: Markers) -> str:
    """ "A view of the dam – AFP", "A view of the dam EFE": on short lines that are no sentence."""
    if closes(text) or len(text) > 250:
        return text
    words = text.split()
    for count in (3, 2, 1):
        last = " ".join(words[-count:])
        if len(words) > count + 3 and (
            last in markers.words["agencies"] or ("/" in last and _has_agency(last, markers))
        ):
            return " ".join(words[:-count]).rstrip(" |–—-/,")
    for count in (4, 3, 2):
        who = words[-count:]
        if (
            len(words) > count + 5
            and all(word.isupper() and len(word) > 1 for word in who)
            and not words[-count - 1].isupper()
            and is_name(" ".join(who), markers)
        ):
            kept = words[: -count - 1] if words[-count - 1].endswith(":") else words[:-count]
            return " ".join(kept).rstrip(" |–—-/,")
    return text


def _is_bracket_credit(inner: str, markers: Markers) -> bool:
    label = markers.credit.match(inner)
    if label and is_creditee(inner[label.end() :].strip(), markers, labelled=True):
        return True
    # "(ABC News: Tegan Wills)"
    outlet, colon, who = inner.partition(":")
    if colon and who and is_creditee(outlet, markers) and is_creditee(who, markers):
        return True
    # "(Express photo)"
    if len(inner.split()) <= 4 and fold(inner.split()[-1]) in {
        fold(word) for word in markers.phrases["credit_labels"]
    }:
        return True
    if not is_creditee(inner, markers):
        return False
    paired = re.search(r"\w\s?/\s?\w", inner) is not None
    return _has_agency(inner, markers) or paired or _is_commissioned(inner, markers)


def _is_slashed(text: str) -> bool:
    """ "Ann Bell/The Courier": a photographer and whom the picture was taken for."""
    return bool(re.fullmatch(r"[^/]{1,40}\w\s?/\s?\w[^/]{2,50}(?:/[^/]{2,30})?", text))


def _has_agency(text: str, markers: Markers) -> bool:
    agencies = markers.words["agencies"]
    if text in agencies or "©" in text:
        return True
    pieces = [piece.strip(" .") for piece in re.split(r"[/|,;]|\bvia\b|\s[–—-]\s", text)]
    return any(
        piece in agencies
        or piece.split()[-1] in agencies
        or (piece.split()[0] in agencies and piece.split()[-1].casefold() in markers.words["credit_alone"])
        for piece in pieces
        if piece
    )


def is_creditee(text: str, markers: Markers, *, labelled: bool = False) -> bool:
    """Whether *text* can be who a picture is credited to: names, agencies, hardly a small letter."""
    named = (part for part in text.split("/") if part.strip(" ,.") not in markers.words["agencies"])
    words = [word for word in " / ".join(named).replace(",", " ").split() if word not in "«»“”\"'"]
    if not text.strip(" /,."):
        return False
    if not words:
        return True
    if len(words) > (12 if labelled else 10) or len(text) > 100:
        return False
    small = markers.words_of("name_particles", "credit_words")
    plain = [word for word in words if word.casefold().strip(".:()") not in small]
    odd = [
        word
        for word in plain
        if not (word[0].isupper() or word[0] == "©" or word[0].isdigit() or word[0] == "@")
    ]
    is_pair = "/" in text and len(words) <= 6 and not _IN_ADDRESS.search(text)
    if labelled and not closes(text) and (len(words) <= 2 or is_pair):
        return True
    return len(odd) <= (1 if labelled and len(words) > 3 else 0) and not (
        len(plain) > 1 and len(words) > 6 and closes(text)
    )
