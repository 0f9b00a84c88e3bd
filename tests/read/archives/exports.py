"""Exports in the schemas of those who write them, with posts of our own."""

# ruff: noqa: E501 - lines as the exporters write them

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PLACES = ("Hallvik", "Merrow", "Tavira", "Corran", "Ashdale", "Lomar", "Belo", "Sefton", "Karvala", "Dunmore")
THINGS = ("harbour", "bridge", "school", "library", "ferry", "market", "mill", "orchard", "theatre", "quarry")


@dataclass(frozen=True)
class Sample:
    """A post to be exported."""

    number: int
    title: str
    html: str
    text: str
    published: str = "2015-09-18T06:30:00Z"
    author: str = "Hanna Vell"
    labels: tuple[str, ...] = ("Local news",)
    kind: str = "post"
    status: str = "publish"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/{self.published[:4]}/{self.published[5:7]}/post-{self.number}.html"

    @property
    def address(self) -> str:
        return f"https://dispatch.example{self.path}"


def sample(number: int, **changes: object) -> Sample:
    """A post about something different for each *number*, 90 words long."""
    place, thing = PLACES[number % 10], THINGS[number // 10 % 10]
    paragraphs = (
        f"The {thing} in {place} will stay open for another {number + 2} years, the council said on Friday.",
        f"Councillors voted {number + 11} to {number % 7} to spend {number + 3},400 crowns on repairs to the roof of the "
        f"{thing}, which was damaged by a storm in {1990 + number % 30}.",
        f"“We have waited a long time for this,” said Maren Stoll, who has run the {thing} since she was {20 + number % 40}.",
        f"Work is expected to begin in spring, when {number + 40} volunteers from {place} will help to clear the site. "
        "Nobody will have to move out while the builders are there.",
    )
    made = Sample(
        number=number,
        title=f"{place} keeps its {thing} after vote {number}",
        html="".join(f"<p>{escape(one, quote=False)}</p>\n" for one in paragraphs),
        text="\n\n".join(paragraphs),
        published=f"{2010 + number % 9}-0{1 + number % 9}-{10 + number % 18}T06:{number % 60:02d}:00Z",
    )
    return Sample(**{**made.__dict__, **changes})


def blogger_classic(samples: list[Sample]) -> bytes:
    """Blogger's "Back up content" file as it was until 2024."""
    entries = []
    for one in samples:
        kind = {"page": "page", "comment": "comment", "template": "template"}.get(one.kind, "post")
        control = (
            "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>"
            if one.status == "draft"
            else ""
        )
        labels = "".join(
            f"<category scheme='http://www.blogger.com/atom/ns#' term='{xml(label)}'/>"
            for label in one.labels
        )
        link = f"<link rel='alternate' type='text/html' href='{one.address}' title='{xml(one.title)}'/>"
        reply = (
            "<thr:in-reply-to href='https://dispatch.example/x' ref='tag:blogger.com,1999:blog-77.post-1'/>"
        )
        entries.append(
            f"<entry><id>tag:blogger.com,1999:blog-77.post-{one.number}</id><published>{one.published}</published>"
            f"<updated>2020-01-02T03:04:05.006Z</updated>{control}"
            f"<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
            f"{labels}<title type='text'>{xml(one.title)}</title><content type='html'>{xml(one.html)}</content>"
            f"<link rel='replies' type='application/atom+xml' href='https://dispatch.example/feeds/1/comments/default'/>"
            f"<link rel='edit' type='application/atom+xml' href='https://www.blogger.com/feeds/77/posts/default/{one.number}'/>"
            f"{link if one.status == 'publish' else ''}"
            f"<author><name>{xml(one.author)}</name><email>noreply@blogger.com</email></author>"
            f"{reply if kind == 'comment' else ''}<thr:total>0</thr:total></entry>"
        )
    settings = (
        "<entry><id>tag:blogger.com,1999:blog-77.settings.BLOG_NAME</id>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/>"
        "<title type='text'>The name of the blog</title><content type='text'>Dispatch</content></entry>"
    )
    head = (
        "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"http://www.blogger.com/styles/atom.css\" "
        "type=\"text/css\"?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:gd='http://schemas.google.com/g/2005' "
        "xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:georss='http://www.georss.org/georss'>"
        "<id>tag:blogger.com,1999:blog-77.archive</id><updated>2020-01-02T03:04:05.006Z</updated>"
        "<title type='text'>Dispatch</title><generator version='7.00' uri='https://www.blogger.com'>Blogger</generator>"
    )
    return (head + settings + "".join(entries) + "</feed>").encode()


def blogger_takeout(samples: list[Sample]) -> bytes:
    """``Takeout/Blogger/Blogs/NAME/feed.atom``."""
    entries = []
    for one in samples:
        status = {"publish": "LIVE", "draft": "DRAFT", "trash": "SOFT_TRASHED"}[one.status]
        kind = {"post": "POST", "page": "PAGE", "comment": "COMMENT"}[one.kind]
        labels = "".join(
            f"<category scheme='tag:blogger.com,1999:blog-77' term='{xml(label)}'/>" for label in one.labels
        )
        parent = (
            "<blogger:parent>tag:blogger.com,1999:blog-77.post-1</blogger:parent>"
            if kind == "COMMENT"
            else ""
        )
        entries.append(
            f"<entry>\n<id>tag:blogger.com,1999:blog-77.post-{one.number}</id>\n<blogger:type>{kind}</blogger:type>\n"
            f"<blogger:status>{status}</blogger:status>\n<author><name>{xml(one.author)}</name>"
            f"<uri>https://www.blogger.com/profile/1</uri><blogger:type>BLOGGER</blogger:type></author>\n"
            f"<title>{xml(one.title)}</title>\n<content type='html'>{xml(one.html)}</content>\n<blogger:metaDescription/>\n"
            f"<blogger:created>{one.published}</blogger:created>\n<published>{one.published}</published>\n"
            f"<updated>2020-01-02T03:04:05.006Z</updated>\n{parent}<blogger:location/>\n{labels}"
            f"<blogger:filename>{one.path}</blogger:filename>\n<link/>\n<enclosure/>\n"
            f"<blogger:trashed>{'2021-01-01T00:00:00Z' if one.status == 'trash' else ''}</blogger:trashed>\n</entry>\n"
        )
    head = (
        "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'>\n<id>tag:blogger.com,1999:blog-77</id>\n"
        "<title>Dispatch</title>\n"
    )
    return (head + "".join(entries) + "</feed>\n").encode()


def wordpress(samples: list[Sample], *, attachments: str = "") -> bytes:
    """Tools → Export of WordPress 6: WXR 1.2."""
    items = []
    for one in samples:
        stamp = one.published.replace("T", " ").rstrip("Z")
        labels = "".join(
            f'<category domain="{"category" if n == 0 else "post_tag"}" nicename="x{n}"><![CDATA[{label}]]></category>\n'
            for n, label in enumerate(one.labels)
        )
        meta = "".join(
            f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>\n"
            for key, value in one.extra.items()
            if key != "password"
        )
        draft = one.status == "draft"
        items.append(
            f"<item>\n<title><![CDATA[{one.title}]]></title>\n<link>{one.address}</link>\n"
            f"<pubDate>{'Mon, 30 Nov -0001 00:00:00 +0000' if draft else _rfc822(one.published)}</pubDate>\n"
            f"<dc:creator><![CDATA[hvell]]></dc:creator>\n"
            f'<guid isPermaLink="false">https://dispatch.example/?p={one.number}</guid>\n<description></description>\n'
            f"<content:encoded><![CDATA[{one.html}]]></content:encoded>\n<excerpt:encoded><![CDATA[]]></excerpt:encoded>\n"
            f"<wp:post_id>{one.number}</wp:post_id>\n<wp:post_date><![CDATA[{stamp}]]></wp:post_date>\n"
            f"<wp:post_date_gmt><![CDATA[{'0000-00-00 00:00:00' if draft else stamp}]]></wp:post_date_gmt>\n"
            f"<wp:comment_status><![CDATA[open]]></wp:comment_status>\n<wp:post_name><![CDATA[post-{one.number}]]></wp:post_name>\n"
            f"<wp:status><![CDATA[{one.status}]]></wp:status>\n<wp:post_parent>0</wp:post_parent>\n"
            f"<wp:post_type><![CDATA[{one.kind}]]></wp:post_type>\n"
            f"<wp:post_password><![CDATA[{one.extra.get('password', '')}]]></wp:post_password>\n<wp:is_sticky>0</wp:is_sticky>\n"
            f"{labels}{meta}<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_author><![CDATA[Bo]]></wp:comment_author>"
            f"<wp:comment_content><![CDATA[First!]]></wp:comment_content></wp:comment>\n</item>\n"
        )
    head = (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- This is a WordPress eXtended RSS file -->\n'
        '<!-- generator="WordPress/6.4" created="2024-01-01 00:00" -->\n<rss version="2.0"\n'
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\nxmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        'xmlns:wfw="http://wellformedweb.org/CommentAPI/"\nxmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        'xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n<title>Dispatch</title>\n'
        "<link>https://dispatch.example</link>\n<description>News</description>\n<language>en-US</language>\n"
        "<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_site_url>https://dispatch.example</wp:base_site_url>\n"
        "<wp:base_blog_url>https://dispatch.example</wp:base_blog_url>\n"
        "<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[hvell]]></wp:author_login>"
        "<wp:author_email><![CDATA[h@dispatch.example]]></wp:author_email>"
        "<wp:author_display_name><![CDATA[Hanna Vell]]></wp:author_display_name></wp:author>\n"
    )
    return (head + "".join(items) + attachments + "</channel>\n</rss>\n").encode()


def wordpress_picture(number: int, parent: int, caption: str) -> str:
    """An item of the media library."""
    address = f"https://dispatch.example/wp-content/uploads/picture-{number}.jpg"
    return (
        f"<item><title>picture-{number}</title><link>https://dispatch.example/?attachment_id={number}</link>"
        f'<guid isPermaLink="false">{address}</guid><content:encoded><![CDATA[]]></content:encoded>'
        f"<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url><![CDATA[{address}]]></wp:attachment_url>"
        f"<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Alt {number}</wp:meta_value></wp:postmeta>"
        "</item>\n"
    )


def rss(samples: list[Sample], *, full: bool = True, following: str = "", generator: str = "") -> bytes:
    """An RSS 2.0 feed, with whole posts or summaries."""
    items = "".join(
        f"<item><title>{xml(one.title)}</title><link>{one.address}</link><dc:creator>{xml(one.author)}</dc:creator>"
        f"<pubDate>{_rfc822(one.published)}</pubDate><category>{xml(one.labels[0])}</category>"
        f'<guid isPermaLink="false">dispatch-{one.number}</guid>'
        f"<description>{xml(one.text[:70])} […]</description>"
        + (f"<content:encoded><![CDATA[{one.html}]]></content:encoded>" if full else "")
        + f'<media:content url="https://dispatch.example/{one.number}.jpg" medium="image"/></item>'
        for one in samples
    )
    link = f'<atom:link rel="next" href="{following}"/>' if following else ""
    made = f"<generator>{generator}</generator>" if generator else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Dispatch</title><link>https://dispatch.example</link>'
        f"<description>News</description><language>en-gb</language>{link}{made}{items}</channel></rss>"
    ).encode()


def atom(samples: list[Sample]) -> bytes:
    """An Atom 1.0 feed; every second post as XHTML."""
    entries = []
    for one in samples:
        content = (
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{one.html}</div></content>'
            if one.number % 2
            else f'<content type="html">{xml(one.html)}</content>'
        )
        entries.append(
            f'<entry><title type="html">{xml(escape(one.title))}</title><link href="{one.address}"/>'
            f"<id>urn:dispatch:{one.number}</id><published>{one.published}</published><updated>{one.published}</updated>"
            f'<author><name>{xml(one.author)}</name></author><category term="{xml(one.labels[0])}"/>'
            f"<summary>Short.</summary>{content}</entry>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'
        "<title>Dispatch</title><id>urn:dispatch</id><updated>2020-01-01T00:00:00Z</updated>"
        + "".join(entries)
        + "</feed>"
    ).encode()


def page(one: Sample) -> bytes:
    """A post as a web page with what stands around it on a site."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(one.title)} - Dispatch</title>'
        f'<link rel="canonical" href="{one.address}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{one.published}"><meta name="author" content="{one.author}">'
        f'</head><body><nav><a href="/">Home</a> <a href="/about">About</a></nav><article><h1>{escape(one.title)}</h1>'
        f"{one.html}</article><footer>Copyright Dispatch. All rights reserved.</footer></body></html>"
    ).encode()


def listing() -> bytes:
    """A front page."""
    rows = "".join(
        f'<article class="hentry"><h2><a href="{sample(n).address}">{sample(n).title}</a></h2><p>Short.</p></article>'
        for n in range(5)
    )
    return f"<!DOCTYPE html><html><head><title>Dispatch</title></head><body>{rows}</body></html>".encode()


def warc(path: Path, pages: list[tuple[str, bytes]], *, gzip: bool = True) -> None:
    """A WARC 1.0 file as crawlers write them, with a robots.txt, a redirect and a picture among the pages."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        others = [
            ("https://dispatch.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
            ("https://dispatch.example/old", "301 Moved Permanently", "text/html", b"<p>moved</p>"),
            ("https://dispatch.example/1.jpg", "200 OK", "image/jpeg", b"\xff\xd8\xff"),
        ]
        for address, status, kind, data in [
            *others,
            *((address, "200 OK", "text/html; charset=UTF-8", data) for address, data in pages),
        ]:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            payload = io.BytesIO(data)
            record = writer.create_warc_record(address, "response", payload=payload, http_headers=headers)
            writer.write_record(record)
            record.raw_stream.close()


def _rfc822(stamp: str) -> str:
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(stamp))
