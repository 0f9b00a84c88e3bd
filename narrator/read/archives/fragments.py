"""The HTML of a post inside an export, made the page it stood in."""

from __future__ import annotations

import html

from narrator.read.draft import Draft
from narrator.read.pages import draft_page


def draft_fragment(
    fragment: str, *, source: str, title: str | None, address: str | None, language: str | None
) -> Draft:
    """The HTML *fragment* as a draft, read as the pages of `draft_page` are.

    Args:
        fragment: the post's HTML, without its headline.
        source: what to call it.
        title: its headline, which becomes the first item.
        address: the post's address, to resolve relative ones with.
        language: of the text, where known.

    Raises:
        NotAnArticle: there is no article in it.
    """
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    lang = f' lang="{html.escape(language, quote=True)}"' if language else ""
    name = f"<title>{html.escape(title)}</title>" if title else ""
    page = (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8">{name}</head>'
        f'<body><article class="post-body">{head}\n{fragment}\n</article></body></html>'
    )
    data = page.encode("utf-8", "replace")
    draft = draft_page(data, source=source, address=address, charset="utf-8", whole=True)
    draft.title = title
    draft.address = address
    return draft
