"""What stands in a page's article from elsewhere (videos, posts, maps), named for the notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.address import split_address
from narrator.models import Omission
from narrator.read.omissions import name_omission
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text
from narrator.read.page_tree import PageText, Thing
from narrator.read.surroundings import Surroundings

_VIDEO = frozenset({"video", "amp-video", "amp-youtube"})
_AUDIO = frozenset({"audio", "amp-audio"})
_FRAMES = frozenset({"iframe", "amp-iframe", "object", "embed"})
_POSTS = {"amp-twitter": "x.com", "amp-instagram": "instagram.com", "amp-facebook": "facebook.com"}
_KINDS = (
    ("video", re.compile(r"youtu\.?be|vimeo|dailymotion|brightcove|jwpl|kaltura|video|player", re.I)),
    ("audio", re.compile(r"soundcloud|spotify|podcast|audioboom|acast|megaphone|simplecast|bandcamp", re.I)),
    ("post", re.compile(r"twitter|x\.com|instagram|facebook|tiktok|bsky|threads|mastodon|reddit", re.I)),
    ("map", re.compile(r"/maps|openstreetmap|mapbox|google\.[a-z.]+/maps", re.I)),
    ("chart", re.compile(r"datawrapper|flourish|infogram|tableau|chart|graphic", re.I)),
)  # fmt: skip
_NONE = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adsystem|/ads?[/.?]|facebook\.com/plugins/(?:like|share)|"
    r"platform\.twitter\.com/widgets|recaptcha|about:blank|analytics|pixel|disqus|addthis|sharethis|newsletter",
    re.I,
)


def find_embeds(page: PageText, body: Body, around: Sequence[Surroundings], language: str) -> list[Omission]:
    """The article's embeds in page order, named in *language*; advertisements and share buttons are none."""
    found = []
    for thing in page.things:
        if not body.first < thing.before <= body.last or thing.node.hidden:
            continue
        neighbours = range(thing.node.start, thing.node.end)
        if thing.node not in body.spine and len(neighbours) and all(around[i].reason for i in neighbours):
            continue
        name = _name(thing, language)
        if name:
            found.append(Omission("embed", name))
    return list(dict.fromkeys(found))


def _name(thing: Thing, language: str) -> str | None:
    """A few words for an embed: its kind, and its title or site; None when it is nothing of the story."""
    element = thing.element
    address = element.get("src") or element.get("data-src") or element.get("data") or ""
    title = clean_text(element.get("title") or element.get("aria-label") or "")
    if thing.tag in _VIDEO or thing.tag in _AUDIO:
        kind = "video" if thing.tag in _VIDEO else "audio"
    elif thing.tag in _POSTS:
        kind, address = "post", f"https://{_POSTS[thing.tag]}"
    elif thing.tag in _FRAMES and address and not _NONE.search(address):
        kind = next((kind for kind, sign in _KINDS if sign.search(address)), "page")
    else:
        return None
    site = (split_address(address if "//" in address else "").hostname or "").removeprefix("www.")
    titled = title and title.lower() not in {"video", "iframe", "embed", "youtube video player"}
    return name_omission(kind, title[:100] if titled else None, language, site=site)
