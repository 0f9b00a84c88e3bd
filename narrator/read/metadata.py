"""What a page states about its article: title, byline, dates, outlet, address, language.

The sources are checked against each other: what the reader of the page sees (headline, byline) is
preferred where the machine-readable facts agree with it, and completes them where they are silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from narrator.address import join_address, split_address
from narrator.models import Person
from narrator.read.draft import Draft
from narrator.read.headline import choose_title, site_parts
from narrator.read.json_ld import as_list, is_article, name_of, read_json_ld
from narrator.read.language import check_language, detect_language
from narrator.read.markers import Markers, read_markers
from narrator.read.moments import read_moment
from narrator.read.names import is_name
from narrator.read.page_body import Body
from narrator.read.page_elements import clean_text
from narrator.read.page_tree import PageText
from narrator.read.page_words import meta_names
from narrator.read.stated_dates import choose_date

_AMERICAN_DOMAINS = frozenset({"us", "gov", "mil", "ph"})
_LENT_DOMAINS = frozenset({"ai", "cc", "co", "fm", "io", "me", "tv", "ly", "is"})
"""Domains of countries that sites elsewhere like to have."""


_TELLING = 6_000
"""Characters of an article that tell its language."""


@dataclass(slots=True)
class Facts:
    """What a page states about its article."""

    title: str | None = None
    byline: list[Person] = field(default_factory=list)
    published: datetime | None = None
    modified: datetime | None = None
    language: str | None = None
    outlet: str | None = None
    sites: list[str] = field(default_factory=list)
    """What the page calls its publication, also in titles only."""
    address: str | None = None
    is_free: bool = True
    """False when the page says that its text is for subscribers."""
    picture: str | None = None
    """The address of the picture that stands for the page elsewhere."""
    kind: str | None = None
    """The Open Graph type ("article", "website")."""

    def fill(self, draft: Draft) -> None:
        """Write the facts into *draft*."""
        draft.title, draft.byline = self.title, self.byline
        draft.published, draft.language = self.published, self.language
        draft.outlet, draft.address = self.outlet, self.address
        if self.modified and self.published and self.modified > self.published:
            draft.corrected = self.modified


def read_metadata(tree: HtmlElement, page: PageText, body: Body, address: str | None) -> Facts:
    """What the page states, the visible page included.

    Args:
        tree: the page.
        page: its runs.
        body: where its article is.
        address: where the page came from, to make its own addresses absolute with.
    """
    metas = _metas(tree)
    objects = read_json_ld(tree)
    articles = [one for one in objects if is_article(one)]
    facts = Facts(kind=metas.get("og:type"))
    facts.picture = next((metas[name] for name in meta_names("pictures") if name in metas), None)
    text = _text_of(page, body)
    stated = _language(tree, metas, articles)
    facts.language = check_language(stated, text) if stated else detect_language(text)
    markers = read_markers(facts.language)
    facts.outlet = _outlet(metas, articles)
    facts.address = _address(tree, metas, address)
    titles = _titles(tree, metas, articles)
    facts.sites = [
        *([facts.outlet] if facts.outlet else []),
        *(part for t in titles for part in site_parts(t)),
    ]
    facts.title = choose_title(page, body, titles, facts.outlet)
    facts.is_free = not any(str(one.get("isAccessibleForFree")).lower() == "false" for one in articles)
    facts.byline = _byline(metas, articles, facts.outlet, markers)
    facts.published = choose_date(
        [*_stated(articles, "datePublished"), *_stated(articles, "dateCreated")],
        [value for name in meta_names("published") if (value := metas.get(name))],
        page, body, facts.address or address, markers, lean=_lean(stated, facts.address or address),
    )  # fmt: skip
    changes = [
        *_stated(articles, "dateModified"),
        *(metas[name] for name in meta_names("modified") if name in metas),
    ]
    facts.modified = next((moment for value in changes if (moment := read_moment(value))), None)
    return facts


def _lean(language: str | None, address: str | None) -> int:
    """Whether the page is of a country that writes the month first: 1, -1 for another one, 0 when unknown.

    A domain of a country outweighs the ``lang``, which templates bring along.
    """
    host = (split_address(address).hostname if address else None) or ""
    top = host.rpartition(".")[2]
    if top in _AMERICAN_DOMAINS or (len(top) == 2 and top not in _LENT_DOMAINS):
        return 1 if top in _AMERICAN_DOMAINS else -1
    _, _, region = (language or "").partition("-")
    return (1 if region == "US" else -1) if region else 0


def _text_of(page: PageText, body: Body) -> str:
    """Enough of its article to tell the language by."""
    texts = (run.text[:500] for run, ok in zip(page.runs, body.chosen, strict=True) if ok)
    return " ".join(islice(texts, 40))[:_TELLING]


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by lower-case name; the first of each name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = clean_text(meta.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _titles(tree: HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]) -> list[str]:
    titles = [name_of(one.get("headline") or one.get("name")) for one in articles]
    titles += [metas[name] for name in meta_names("titles") if name in metas]
    titles += [clean_text(title.text_content()) for title in tree.iterfind(".//head/title")]
    return [title for title in titles if title]


def _stated(articles: Iterable[dict[str, Any]], key: str) -> Iterator[str]:
    for one in articles:
        for value in as_list(one.get(key)):
            if isinstance(value, str):
                yield value


def _outlet(metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    stated = [metas.get("og:site_name", ""), *(name_of(one.get("publisher")) for one in articles)]
    return next(
        (name for name in stated if name and "." not in name[1:-1] and "@" not in name), None
    ) or next((name for name in stated if name), None)


def _address(tree: HtmlElement, metas: dict[str, str], address: str | None) -> str | None:
    links = [
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    ]
    for stated in (*links, metas.get("og:url")):
        if not stated:
            continue
        try:
            whole = join_address(address or "", stated.strip())
            parts = split_address(whole)
        except ValueError:
            continue
        # A canonical link to the front page is a common mistake.
        if parts.scheme in {"http", "https"} and parts.netloc and (parts.path.strip("/") or parts.query):
            return whole
    return address


def _language(tree: HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    html = tree if tree.tag == "html" else tree.getroottree().getroot()
    stated = [html.get("lang"), html.get("{http://www.w3.org/XML/1998/namespace}lang"), html.get("xml:lang")]
    stated += [
        metas.get("og:locale"),
        metas.get("content-language"),
        metas.get("language"),
        metas.get("dc.language"),
    ]
    stated += [value for one in articles if isinstance(value := one.get("inLanguage"), str)]
    for value in stated:
        if value and (tag := as_language_tag(value)):
            return tag
    return None


def as_language_tag(value: str) -> str | None:
    """*value* as a BCP 47 tag of language and region; None when it is none.

    >>> as_language_tag("pt_BR"), as_language_tag("EN-us"), as_language_tag("de-x-fun"), as_language_tag("*")
    ('pt-BR', 'en-US', 'de', None)
    """
    parts = value.strip().replace("_", "-").split(",")[0].split("-")
    if not (2 <= len(parts[0]) <= 3 and parts[0].isascii() and parts[0].isalpha()):
        return None
    tag = parts[0].lower()
    if len(parts) > 1 and len(parts[1]) == 2 and parts[1].isascii() and parts[1].isalpha():
        tag += f"-{parts[1].upper()}"
    return tag


def _byline(
    metas: dict[str, str], articles: list[dict[str, Any]], outlet: str | None, markers: Markers
) -> list[Person]:
    """The people that the machine-readable facts name, desks and outlets left out."""
    people: list[Person] = []
    for one in articles[:1]:
        for author in as_list(one.get("author")):
            kinds = as_list(author.get("@type")) if isinstance(author, dict) else []
            if "Organization" not in kinds and "NewsMediaOrganization" not in kinds:
                role = name_of(author.get("jobTitle")) if isinstance(author, dict) else ""
                people.append(Person(name_of(author), role or None))
    if not people:
        for name in meta_names("authors"):
            if (value := metas.get(name)) and "://" not in value:
                people = [Person(part.strip()) for part in value.split(",")]
                break
    kept: list[Person] = []
    for person in people:
        known = {one.name for one in kept}
        if person.name not in known and person.name != outlet and is_name(person.name, markers):
            kept.append(person)
    return kept
