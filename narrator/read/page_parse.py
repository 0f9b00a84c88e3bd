"""The tree of a page, as forgiving as a browser's; refused when it is no page that anybody wrote."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from narrator.errors import NotAnArticle

MAX_ELEMENTS = 60_000
"""More than six times what the largest of 1,200 article pages had."""
_LONGEST_NAME = 4000
"""Characters of a class or id; what is longer is an attack on whoever reads it."""
_OVERLONG = etree.XPath(
    f"//@class[string-length() > {_LONGEST_NAME}]/.. | //@id[string-length() > {_LONGEST_NAME}]/.."
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_TO_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_CONTROL_ENTITY = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));", re.IGNORECASE
)
_AS_TEXT = "Save the article as text and try that."


def parse_page(text: str) -> HtmlElement:
    """The page's tree, without comments.

    Raises:
        NotAnArticle: there is no element in it, or there are more of them, or more deeply nested, than
            any article has.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    # lxml.html chooses each element's class in Python, every time an element is looked at again; one
    # class for all makes reading, and trafilatura's own passes, a third faster.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree: Any = html.document_fromstring(
            _without_controls(text.replace("\x00", "").encode("utf-8", "replace")), parser=parser
        )
    except (etree.ParserError, ValueError) as error:
        raise NotAnArticle("there is no page in it, only an empty document") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals()):
        raise NotAnArticle(
            "its elements are nested thousands deep, so it cannot be read as a page",
            hint=_AS_TEXT,
        )
    count = int(tree.xpath("count(//*)"))
    if count > MAX_ELEMENTS:
        raise NotAnArticle(f"it has {count:,} elements, more than any article", hint=_AS_TEXT)
    overlong: Any = _OVERLONG(tree)
    for element in overlong:
        element.attrib.clear()
    for element in list(tree.iter("script", "style", "svg", "template")):
        if "json" not in (element.get("type") or ""):
            element.drop_tree()
    return tree


def _without_controls(data: bytes) -> bytes:
    """*data* with spaces for control characters, which lxml reads from a page but lets nobody write back."""
    data = data.translate(_TO_SPACES).replace(b"\xef\xbf\xbe", b" ")
    return _CONTROL_ENTITY.sub(b" ", data) if b"&#" in data else data
