"""Pictures of a page's article: the largest address of each, what it shows, and which run captions it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from narrator.address import join_address, split_address
from narrator.models import Omission, Picture
from narrator.read.omissions import name_omission
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text, is_small
from narrator.read.page_tree import Node, PageText, Thing
from narrator.read.surroundings import Surroundings

_PICTURES = frozenset({"img", "amp-img"})
_WIDEST = 2000
"""Pixels; wider versions serve no episode page."""
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-image")
_LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NAMED_SO = re.compile(r"(?:^|[/_.-])(?:logo|icon|avatar|spacer|pixel|blank|1x1|transparent)(?=[/_.-])", re.I)
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and where in the page it stands."""

    picture: Picture
    before: int
    """Index of the run it stands before."""
    thing: Thing | None
    """Its element; None for one that only the page's metadata names."""


def find_pictures(
    page: PageText,
    body: Body,
    around: Sequence[Surroundings],
    headline: int | None,
    lead: str | None,
    base: str | None,
) -> list[PlacedPicture]:
    """The article's pictures in page order, the lead picture first.

    Args:
        page: the page's runs and things.
        body: where its article is.
        around: per run, what its elements say.
        headline: index of the headline's run.
        lead: the address of the picture that the page's metadata names.
        base: what relative addresses are resolved with.
    """
    start = body.first if headline is None else headline
    start = min(start, body.container.start)
    placed: list[PlacedPicture] = []
    seen: set[str] = set()
    for thing in page.things:
        if thing.tag not in _PICTURES or not start <= thing.before <= body.last + 1 or thing.node.hidden:
            continue
        if not _in_article(thing, body, around) or is_small(thing.element):
            continue
        address = best_address(thing.element, base)
        if not address or _NAMED_SO.search(split_address(address).path):
            continue
        # Pages hold one picture several times, side by side, for screens of several sizes.
        if not placed or _key(placed[-1].picture.address) != _key(address):
            seen.add(_key(address))
            alt = clean_text(thing.element.get("alt") or "") or None
            placed.append(PlacedPicture(Picture(address, alt), thing.before, thing))
    lead_address = _resolve(lead, base) if lead else None
    if lead_address and _key(lead_address) not in seen and not (placed and placed[0].before <= body.first):
        placed.insert(0, PlacedPicture(Picture(lead_address), body.first, None))
    return placed


def match_captions(placed: Sequence[PlacedPicture], around: Sequence[Surroundings]) -> dict[int, int]:
    """Per caption run, the index of its picture: one in its figure, else the nearest just before it."""
    in_figure: dict[Node, int] = {}
    just_before: dict[int, int] = {}
    for number, one in enumerate(placed):
        if one.thing is None:
            continue
        just_before.setdefault(one.before, number)
        for node in one.thing.node.lineage():
            if node in in_figure:
                break
            in_figure[node] = number
    matched: dict[int, int] = {}
    for index, said in enumerate(around):
        if said.caption:
            number_or_none = in_figure.get(said.figure) if said.figure else None
            number_or_none = just_before.get(index) if number_or_none is None else number_or_none
            if number_or_none is not None:
                matched[index] = number_or_none
    return matched


def name_uncaptioned(
    placed: Sequence[PlacedPicture], captioned: Mapping[int, int], title: str | None, language: str
) -> list[Omission]:
    """The pictures in the text that no caption speaks of, named in *language*.

    An alt text that only repeats the title names none.
    """
    told = set(captioned.values())
    named = []
    for number, one in enumerate(placed):
        if number not in told and one.thing is not None:
            alt = one.picture.alt if one.picture.alt != title else None
            kind = "picture" if alt else "bare_picture"
            named.append(Omission("picture", name_omission(kind, alt and alt[:120], language)))
    return named


def best_address(element: HtmlElement, base: str | None) -> str | None:
    """The absolute address of the widest version of a picture up to 2,000 pixels, or None."""
    sets = [element.get(name) for name in _LAZY_SETS]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [source.get("srcset") or source.get("data-srcset") for source in parent.iterfind("source")]
    candidates = [one for value in sets if value for one in _read_set(value)]
    if candidates:
        fitting = [one for one in candidates if one[0] <= _WIDEST] or [min(candidates)]
        if (found := _resolve(max(fitting)[1], base)) is not None:
            return found
    for name in (*_LAZY, "src"):
        value = element.get(name)
        if value and (found := _resolve(value, base)) is not None:
            return found
    return None


def _in_article(thing: Thing, body: Body, around: Sequence[Surroundings]) -> bool:
    """The picture stands in the article's part of the page and in no furniture of it."""
    if any(
        node.tag in {"nav", "footer", "aside"} and node not in body.spine for node in thing.node.lineage()
    ):
        return any(
            not around[i].reason
            for node in thing.node.lineage()
            if node.tag == "aside"
            for i in range(node.start, node.end)
        )
    neighbours = [i for i in range(thing.node.start, thing.node.end) if thing.node not in body.spine]
    return not neighbours or any(not around[i].reason for i in neighbours)


def _read_set(value: str) -> list[tuple[float, str]]:
    found = []
    for address, size, unit in _CANDIDATE.findall(value.strip()):
        width = float(size or 1) * (1 if unit == "w" else 1000 if unit == "x" else 1)
        found.append((width, address))
    return found


def _resolve(value: str, base: str | None) -> str | None:
    value = value.strip()
    if not value or value.startswith(("data:", "about:", "javascript:", "blob:", "#")):
        return None
    try:
        return join_address(base, value) if base else (f"https:{value}" if value.startswith("//") else value)
    except ValueError:
        return None


def _key(address: str) -> str:
    """What two versions of one picture have in common: the path without its size."""
    path = split_address(address).path
    return re.sub(r"[-_/]?(?:w?\d{2,4}x?h?\d{0,4})(?=[./_-]|$)", "", path.lower())


def page_base(tree: HtmlElement, address: str | None) -> str | None:
    """What the page's relative addresses are resolved with: its ``<base>``, else where it came from."""
    found = tree.find(".//base[@href]")
    return (_resolve(found.get("href"), address) if found is not None else None) or address
