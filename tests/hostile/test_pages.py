"""Web pages that are made to harm the reader, or whoever opens what is made of them."""

from __future__ import annotations

import json

import pytest
from hostile.conftest import House

PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The bridge over the Orra will open again on Friday, the council of Hallvik said after two years of work.",
        "It carries nine thousand vehicles a day and is the only way to the hospital on the southern bank.",
        "Maren Stoll, who runs the bakery beside it, said she had lost a third of her customers meanwhile.",
    )
)


def page(body: str, head: str = "", html: str = "") -> str:
    return (
        f"<!doctype html><html {html}><head><title>Bridge over the Orra reopens</title>{head}</head>"
        f"<body><article><h1>Bridge over the Orra reopens</h1>{body}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("deep-divs", page("<div>" * 20_000 + PARAGRAPHS + "</div>" * 20_000)),
        ("deep-inline", page("<p>" + "<b><i>" * 20_000 + "Rain" + PARAGRAPHS)),
        ("deep-lists", page("<ul><li>" * 5_000 + "Rain" + PARAGRAPHS)),
        ("deep-tables", page("<table><tr><td>" * 3_000 + "Rain" + PARAGRAPHS)),
        ("never-closed", page("<p>" * 30_000 + PARAGRAPHS)),
        (
            "many-attributes",
            page("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">Rain</p>" + PARAGRAPHS),
        ),
        ("long-attribute", page(f"<p class='{'a ' * 400_000}'>Rain</p>" + PARAGRAPHS)),
        ("many-images", page("<img src=a.jpg alt=x>" * 10_000 + PARAGRAPHS)),
        (
            "many-figures",
            page(
                "<figure><img src=a.jpg><figcaption>Rain fell on it.</figcaption></figure>" * 1_500
                + PARAGRAPHS
            ),
        ),
        ("many-scripts", page("<script>var a = '<p>';</script>" * 5_000 + PARAGRAPHS)),
        ("many-links", page("<a href=/x>Rain</a> " * 10_000 + PARAGRAPHS)),
        ("many-asides", page("<aside><h2>Analysis</h2><p>By Peter Harrow</p></aside>" * 1_000 + PARAGRAPHS)),
        (
            "wide-table",
            page(
                "<table><tr>"
                + "<td colspan=999999999 rowspan=999999999>1</td>" * 500
                + "</tr></table>"
                + PARAGRAPHS
            ),
        ),
        ("open-comment", page("<!--" * 50_000 + PARAGRAPHS)),
        ("entities", page("<p>" + "&amp;lt;" * 50_000 + "</p>" + PARAGRAPHS)),
        (
            "unknown-entities",
            page("<p>" + "&zzz;&#0;&#xD800;&#x110000;&#99999999999;" * 5_000 + "</p>" + PARAGRAPHS),
        ),
        (
            "doctype-entities",
            "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + page("<p>&x;</p>" + PARAGRAPHS),
        ),
        (
            "json-ld-deep",
            page(PARAGRAPHS, "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"),
        ),
        (
            "json-ld-wrong",
            page(
                PARAGRAPHS,
                '<script type="application/ld+json">{"@type":"NewsArticle","headline":[{}],'
                '"author":{"name":{"a":[1]}},"datePublished":{"x":1},"image":[[[]]]}</script>',
            ),
        ),
        (
            "json-ld-numbers",
            page(
                PARAGRAPHS,
                '<script type="application/ld+json">{"@type":"NewsArticle","headline":1e999,'
                '"author":[null,5,""],"datePublished":' + "9" * 5000 + "}</script>",
            ),
        ),
        (
            "addresses",
            page(
                "<img src='http://[bad'><a href='//[x'>y</a><iframe src='http://[z'></iframe>" + PARAGRAPHS,
                "<link rel=canonical href='http://[bad'><base href='http://[b'><meta property=og:image content='//[i'>",
            ),
        ),
        (
            "dates",
            page(
                PARAGRAPHS
                + "<time datetime='99999-99-99T99:99:99+99:99'>x</time><time datetime='0001-01-01T00:00:00+14:00'>y</time>",
                "<meta property='article:published_time' content='0001-01-01T00:00:00+23:59'>",
            ),
        ),
        (
            "late-dates",
            page(PARAGRAPHS, "<meta property='article:published_time' content='9999-12-31T23:59:59-23:59'>"),
        ),
        ("language", page(PARAGRAPHS, html="lang='../../../etc/passwd'")),
        ("language-long", page(PARAGRAPHS, html=f"lang='{'en-' * 50_000}'")),
        ("charset", page(PARAGRAPHS, "<meta charset='zlib'>")),
        ("charset-unknown", page(PARAGRAPHS, "<meta charset='../../x'>")),
        ("frames", "<frameset>" + "<frame src=x>" * 5000),
        ("svg", page("<svg><foreignObject>" * 2_000 + PARAGRAPHS)),
        ("template", page("<template><noscript><iframe><textarea>" * 500 + PARAGRAPHS)),
        ("plaintext", page("<plaintext>" + PARAGRAPHS)),
        ("meta-refresh", page(PARAGRAPHS, "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>")),
        ("nul", page(PARAGRAPHS).replace("bridge", "bri\0dge")),
    ],
)
def test_page_made_to_harm_is_read_or_refused_in_seconds(house: House, name: str, html: str) -> None:
    result = house.run("script", house.put(f"{name}.html", html), "--engine", "tone", "--format", "json")
    assert result.code in (0, 4), result.err[-500:]
    assert "root:" not in result.out
    if result.code == 0:
        assert "\\u0000" not in json.dumps(json.loads(result.out)["blocks"])


def test_nothing_a_page_says_runs_in_the_pages_made_of_it(house: House) -> None:
    bad = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    safe = bad.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    body = (
        f"<p class=byline>By {safe}</p><h2>{safe} and the rest of the heading</h2>{PARAGRAPHS}"
        f"<figure><img src='javascript:alert(3)' alt='{safe.replace(chr(39), '')}'><figcaption>{safe} on the quay.</figcaption></figure>"
        f"<aside><h3>Analysis: {safe}</h3><p>{safe} is what he wrote about it in the morning.</p></aside>"
        "<iframe src='javascript:alert(4)'></iframe>"
    )
    head = f"<link rel=canonical href='javascript:alert(5)'><meta property='og:site_name' content='{safe.replace(chr(39), '')}'>"
    house.make(house.put("page.html", page(body, head)))
    from lxml import etree
    from lxml import html as lxml_html

    etree.parse(str(house.show / "feed.xml"))
    pages = list(house.show.rglob("*.html"))
    assert len(pages) >= 2
    for path in pages:
        tree = lxml_html.fromstring(path.read_bytes())
        assert not tree.xpath("//@onerror | //*[@src='x']")
        assert not [
            one for one in tree.xpath("//@href | //@src") if one.strip().lower().startswith("javascript:")
        ]
        assert not [
            one
            for one in tree.xpath("//script/text()")
            if "alert(" in one and "<script" not in one and "src=x" not in one
        ]


@pytest.mark.parametrize("language", ["../../../etc/passwd", "x" * 10_000, "en\0", "klingon-", "<b>"])
def test_language_of_a_page_is_one_or_is_found_from_its_words(house: House, language: str) -> None:
    script = house.script(house.put("page.html", page(PARAGRAPHS, html=f"lang='{language}'")))
    assert script["language"].split("-")[0] == "en"
