"""Exports and feeds: exactly the posts, with the titles, dates, authors, labels and pictures that belong."""

# ruff: noqa: E501 - lines as the exporters write them

from __future__ import annotations

import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from read.archives import exports
from read.archives.exports import Sample, sample

from narrator.errors import NotAnArticle, ReadError, SourceNotFound, SourceTooLarge
from narrator.models import Article
from narrator.read.archives import Entry, open_archive, read_entry, read_index

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SAMPLES = [sample(number) for number in range(1, 6)]
FORMATS = {
    "classic.xml": lambda samples: exports.blogger_classic(samples),
    "feed.atom": lambda samples: exports.blogger_takeout(samples),
    "wordpress.xml": lambda samples: exports.wordpress(samples),
    "rss.xml": lambda samples: exports.rss(samples),
    "atom.xml": lambda samples: exports.atom(samples),
}


def entries_of(path: Path) -> list[Entry]:
    return list(open_archive(path, now=NOW))


def posts_of(path: Path) -> list[Article]:
    return [read_entry(entry, now=NOW) for entry in entries_of(path) if entry.skip is None]


def skips_of(path: Path) -> list[str]:
    return [entry.skip for entry in entries_of(path) if entry.skip]


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def check(article: Article, one: Sample) -> None:
    assert article.title == one.title
    assert article.published == datetime.fromisoformat(one.published)
    assert [person.name for person in article.byline] == ["Hanna Vell"]
    assert [block.text for block in article.blocks] == one.text.split("\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_every_post_of_an_export_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    articles = posts_of(write(tmp_path / name, FORMATS[name](SAMPLES)))
    assert len(articles) == len(SAMPLES)
    for article, one in zip(articles, SAMPLES, strict=True):
        check(article, one)


TITLES = (
    "Flat 404 is let at last",
    "Boy not found after a week",
    "Access denied to the mill",
    "Subscribe to hope",
)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("title", TITLES)
def test_what_an_export_calls_a_post_is_one_whatever_its_title(name: str, title: str, tmp_path: Path) -> None:
    (article,) = posts_of(write(tmp_path / name, FORMATS[name]([sample(1, title=title)])))
    assert article.title == title
    assert [block.text for block in article.blocks] == sample(1).text.split("\n\n")


def test_pages_of_a_warc_file_are_read_and_its_other_records_are_not(tmp_path: Path) -> None:
    pages = [(one.address, exports.page(one)) for one in SAMPLES]
    for packed in (True, False):
        path = tmp_path / ("pages.warc.gz" if packed else "pages.warc")
        exports.warc(path, [*pages, ("https://dispatch.example/", exports.listing())], gzip=packed)
        articles = posts_of(path)
        assert [article.address for article in articles] == [one.address for one in SAMPLES]
        for article, one in zip(articles, SAMPLES, strict=True):
            check(article, one)
        assert skips_of(path) == ["listing page"]


def test_of_two_captures_of_an_address_the_later_one_counts(tmp_path: Path) -> None:
    first, second = sample(1), sample(2)
    exports.warc(
        tmp_path / "x.warc.gz", [(first.address, exports.page(first)), (first.address, exports.page(second))]
    )
    assert [article.title for article in posts_of(tmp_path / "x.warc.gz")] == [second.title]


def test_both_exports_of_blogger_give_a_post_the_same_id(tmp_path: Path) -> None:
    classic = posts_of(write(tmp_path / "classic.xml", exports.blogger_classic(SAMPLES)))
    takeout = posts_of(write(tmp_path / "feed.atom", exports.blogger_takeout(SAMPLES)))
    assert [one.post_id for one in classic] == [one.post_id for one in takeout]
    assert len({one.post_id for one in classic}) == len(SAMPLES)


def test_what_is_no_post_of_a_blogger_export_is_named(tmp_path: Path) -> None:
    others = [
        sample(20, kind="page"),
        sample(21, status="draft"),
        sample(22, kind="comment"),
        sample(23, published="2031-01-01T00:00:00Z"),
    ]
    classic = write(tmp_path / "classic.xml", exports.blogger_classic([*others, sample(24, kind="template")]))
    assert skips_of(classic) == ["blog settings", "static page", "draft", "comment", "scheduled", "template"]
    takeout = write(tmp_path / "feed.atom", exports.blogger_takeout([*others, sample(25, status="trash")]))
    assert skips_of(takeout) == ["static page", "draft", "comment", "scheduled", "trashed"]
    assert not posts_of(classic)
    assert not posts_of(takeout)


def test_what_is_no_post_of_a_wordpress_export_is_named(tmp_path: Path) -> None:
    states = ["draft", "pending", "private", "future", "trash", "auto-draft"]
    kinds = ["page", "attachment", "nav_menu_item", "wp_template", "product"]
    samples = [sample(30 + n, status=state) for n, state in enumerate(states)]
    samples += [sample(50 + n, kind=kind) for n, kind in enumerate(kinds)]
    samples.append(sample(70, extra={"password": "sesame"}))
    path = write(tmp_path / "wp.xml", exports.wordpress(samples))
    assert skips_of(path) == [
        "draft", "draft", "private", "scheduled", "trashed", "draft",
        "static page", "attachment", "menu item", "template", "not a post (product)", "private (it has a password)",
    ]  # fmt: skip
    assert not posts_of(path)


def test_featured_picture_caption_and_gallery_come_from_the_media_library(tmp_path: Path) -> None:
    body = (
        '[caption id="attachment_3" align="alignnone" width="300"]<img src="https://dispatch.example/a-300x200.jpg" '
        'alt="The mill at dusk" /> The mill has stood empty since 1998.[/caption]\n\n'
        + sample(1).text
        + '\n\n[gallery ids="8,9"]\n\nThe council [sic] meets again in May, when the plans will be on show in the hall.'
    )
    pictures = exports.wordpress_picture(7, 1, "") + exports.wordpress_picture(
        8, 1, "Builders at work on Monday."
    )
    pictures += exports.wordpress_picture(9, 1, "The new roof.")
    one = sample(1, html=body, extra={"_thumbnail_id": "7"})
    (article,) = posts_of(write(tmp_path / "wp.xml", exports.wordpress([one], attachments=pictures)))
    captions = [block.text for block in article.blocks if block.kind == "caption"]
    assert captions == [
        "The mill has stood empty since 1998.",
        "Builders at work on Monday.",
        "The new roof.",
    ]
    assert [picture.address.rpartition("/")[2] for picture in article.pictures] == [
        "picture-7.jpg",
        "a-300x200.jpg",
        "picture-8.jpg",
        "picture-9.jpg",
    ]
    told = " ".join(block.text for block in article.blocks)
    assert "The council [sic] meets" in told
    assert "[caption" not in told
    assert "[gallery" not in told


@pytest.mark.parametrize(
    "content",
    [
        "{0}\n\nhttps://www.youtube.com/watch?v=abc\n\n{1}",
        "<p>{0}</p>\n<p>https://youtu.be/abc</p>\n<p>{1}</p>",
        "{0}\n\n[embed]https://www.youtube.com/watch?v=abc[/embed]\n\n{1}",
        "<!-- wp:paragraph --><p>{0}</p><!-- /wp:paragraph -->\n<!-- wp:embed --><figure><div>\n"
        "https://youtu.be/abc\n</div></figure><!-- /wp:embed -->\n<p>{1}</p>",
    ],
)
def test_an_embedded_video_is_named_as_not_in_the_audio(content: str, tmp_path: Path) -> None:
    first, second, *_ = sample(1).text.split("\n\n")
    one = sample(1, html=content.format(first, second))
    (article,) = posts_of(write(tmp_path / "wordpress.xml", exports.wordpress([one])))
    assert [block.text for block in article.blocks] == [first, second]
    (omission,) = article.omissions
    assert "Video" in omission.text
    assert "youtu" in omission.text


def test_labels_of_every_export_are_kept(tmp_path: Path) -> None:
    one = sample(1, labels=("Harbours", "Ports & piers"))
    for name in ("classic.xml", "feed.atom", "wordpress.xml"):
        (entry,) = [e for e in entries_of(write(tmp_path / name, FORMATS[name]([one]))) if not e.skip]
        assert entry.labels == one.labels, name


def test_lead_picture_of_a_feed_is_kept(tmp_path: Path) -> None:
    (article,) = posts_of(write(tmp_path / "rss.xml", exports.rss([sample(4)])))
    assert [picture.address for picture in article.pictures] == ["https://dispatch.example/4.jpg"]


def test_feed_of_summaries_asks_for_the_pages(tmp_path: Path) -> None:
    (entry,) = entries_of(write(tmp_path / "rss.xml", exports.rss([sample(4)], full=False)))
    assert entry.fetch
    assert entry.address == sample(4).address


def test_accounts_and_site_names_are_no_authors(tmp_path: Path) -> None:
    for author in ("admin", "Unknown", "Dispatch", "newsdesk@dispatch.example"):
        (article,) = posts_of(write(tmp_path / "rss.xml", exports.rss([sample(1, author=author)])))
        assert article.byline == (), author


def test_export_that_was_cut_off_gives_its_whole_posts_and_says_so(tmp_path: Path) -> None:
    data = exports.wordpress([sample(n) for n in range(40)])
    path = write(tmp_path / "wp.xml", data[: len(data) // 2])
    entries = open_archive(path, now=NOW)
    found: list[Article] = []
    with pytest.raises(ReadError, match="ends in the middle"):
        found.extend(read_entry(entry, now=NOW) for entry in entries)
    assert 10 < len(found) < 30
    for number, article in enumerate(found):
        check(article, sample(number))


def test_control_characters_and_loose_ampersands_do_not_stop_an_export(tmp_path: Path) -> None:
    data = exports.blogger_classic(SAMPLES).replace(
        b"The harbour in Merrow", b"The \x08harbour\x1b in Merrow"
    )
    data = data.replace(b"<updated>", b"<x>Fish & chips &nbsp;</x><updated>", 3)
    articles = posts_of(write(tmp_path / "classic.xml", data))
    assert len(articles) == len(SAMPLES)
    check(articles[0], SAMPLES[0])


def test_entities_of_a_document_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "the secret words")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}<!ENTITY own SYSTEM "{secret.as_uri()}">]>'
    body = exports.rss([sample(1, html=sample(1).html + "<p>&own; &e11;</p>")]).partition(b"?>")[2]
    body = body.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
    for entry in entries_of(write(tmp_path / "rss.xml", head.encode() + body)):
        assert "secret words" not in str(entry.body)
        assert len(entry.body) < 10_000


def test_post_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "wp.xml", exports.wordpress([sample(1, html="<p>" + "word " * 400_000 + "</p>")]))
    with pytest.raises(SourceTooLarge):
        list(open_archive(path, now=NOW, max_size_bytes=1_000_000))


def test_memory_stays_flat_however_many_posts_an_export_has(tmp_path: Path) -> None:
    import tracemalloc

    def peak(count: int) -> int:
        path = write(tmp_path / f"{count}.xml", exports.wordpress([sample(n) for n in range(count)]))
        tracemalloc.start()
        assert sum(1 for _ in open_archive(path, now=NOW)) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(800) < peak(100) * 1.5 + 500_000


def test_zip_and_tar_hold_what_a_folder_does(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    for one in SAMPLES:
        write(folder / one.path.lstrip("/"), exports.page(one))
    write(folder / "old" / "feed.atom", exports.blogger_takeout([sample(8)]))
    write(folder / "notes.txt", f"{sample(9).title}\n\n{sample(9).text}\n")
    expected = [(entry.name, entry.digest) for entry in entries_of(folder)]
    assert len(expected) == 7
    with zipfile.ZipFile(tmp_path / "posts.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path, path.relative_to(folder))
    with tarfile.open(tmp_path / "posts.tar.gz", "w:gz") as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.add(path, str(path.relative_to(folder)))
    for name in ("posts.zip", "posts.tar.gz"):
        found = [(entry.name, entry.digest) for entry in entries_of(tmp_path / name)]
        assert sorted(found) == sorted(expected), name


def test_archive_that_unpacks_to_far_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("post.txt", b"\0" * 60_000_000)
    with pytest.raises(SourceTooLarge):
        entries_of(tmp_path / "bomb.zip")


def test_names_that_lead_out_of_an_archive_are_names_only(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../../evil.txt", f"{sample(1).title}\n\n{sample(1).text}\n")
    (entry,) = entries_of(tmp_path / "slip.zip")
    assert entry.name == "evil.txt"
    assert not (tmp_path.parent / "evil.txt").exists()


def test_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for one in SAMPLES[:3]:
            archive.writestr(f"{one.number}.txt", f"{one.title}\n\n{one.text}\n")
    data = path.read_bytes().replace(b"Councillors voted 13", b"Councillors voted 99")
    entries = entries_of(write(path, data))
    assert [entry.damage is not None for entry in entries] == [False, True, False]
    with pytest.raises(ReadError):
        read_entry(entries[1], now=NOW)


def test_posts_pages_and_drafts_of_a_folder_are_told_apart(tmp_path: Path) -> None:
    text = sample(3).text
    files = {
        "2015-09-18-first.md": f"---\ntitle: First\ntags: [a, b]\nauthor: Hanna Vell\n---\n\n{text}\n",
        "draft.md": f"---\ntitle: Draft\ndraft: true\n---\n{text}\n",
        "about.md": f"---\ntitle: About\nlayout: page\n---\n{text}\n",
        "hidden.md": f"---\ntitle: Hidden\npublished: false\n---\n{text}\n",
        "_drafts/idea.md": f"# Idea\n\n{text}\n",
        "tags/news.html": exports.listing().decode(),
        "front.html": exports.listing().decode(),
        "page_files/frame.html": "<p>An advertisement</p>",
        "robots.txt": "User-agent: *\n",
        ".git/notes.txt": "not for reading",
        "picture.jpg": "no text",
    }
    for name, content in files.items():
        write(tmp_path / "posts" / name, content)
    skipped = {entry.name: entry.skip for entry in entries_of(tmp_path / "posts")}
    assert skipped == {
        "2015-09-18-first.md": None,
        "_drafts/idea.md": "draft",
        "about.md": "static page",
        "draft.md": "draft",
        "front.html": "listing page",
        "hidden.md": "private",
        "page_files/frame.html": "part of a saved page",
        "robots.txt": "not a post, by its name",
        "tags/news.html": "listing page",
    }
    (article,) = posts_of(tmp_path / "posts")
    assert article.title == "First"
    assert article.published == datetime(2015, 9, 18, tzinfo=UTC)
    assert article.source == "2015-09-18-first.md"


def front(hrefs: list[str], *, teaser: str = "") -> str:
    """The front page of a small site that somebody wrote by hand, or a generator did."""
    rows = "".join(f'<li><a href="{href}">The {href} story</a>{teaser}</li>' for href in hrefs)
    return f"<html><head><title>Dispatch</title></head><body><h1>Dispatch</h1><ul>{rows}</ul></body></html>"


@pytest.mark.parametrize(
    ("name", "hrefs"),
    [
        ("index.html", ["1.html", "./2.html", "old/3.htm"]),
        ("index.html", ["/2015/rain/", "/2015/snow/", "/2016/sun/"]),
        ("blog/index.html", ["rain/", "snow/", "sun"]),
        ("site/archive.html", ["posts/1.html", "posts/2.html", "posts/3.html"]),
    ],
)
@pytest.mark.parametrize("teaser", ["", f"<p>{sample(1).text[:200]}</p>"])
def test_the_front_page_of_a_folder_is_no_post(
    name: str, hrefs: list[str], teaser: str, tmp_path: Path
) -> None:
    write(tmp_path / "site" / name, front(hrefs, teaser=teaser))
    write(tmp_path / "site" / "rain.html", exports.page(SAMPLES[0]))
    skipped = {entry.name: entry.skip for entry in entries_of(tmp_path / "site")}
    assert skipped == {name: "listing page", "rain.html": None}


def test_a_post_in_a_folder_of_its_own_is_one_for_all_its_links(tmp_path: Path) -> None:
    menu = "".join(
        f"<li><a href={href}>{href}</a></li>" for href in ("/", "/about/", "/news/", "../../", "/2015/")
    )
    also = '<p>See also <a href="photo.html">the pictures</a> and <a href="map.html">a map</a>.</p>'
    text = f"<html><body><nav><ul>{menu}</ul></nav><h1>Rain</h1>{sample(1).html}{also}</body></html>"
    write(tmp_path / "site" / "2015/rain/index.html", text)
    write(tmp_path / "alone" / "index.html", text)
    for folder in ("site", "alone"):
        (article,) = posts_of(tmp_path / folder)
        assert article.title == "Rain"


def test_show_folder_inside_an_archive_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "posts" / "one.txt", f"{sample(1).title}\n\n{sample(1).text}\n")
    write(tmp_path / "posts" / "podcast" / "show.toml", "")
    write(tmp_path / "posts" / "podcast" / "episodes" / "x" / "index.html", exports.page(sample(2)))
    assert [entry.name for entry in entries_of(tmp_path / "posts")] == ["one.txt"]


def test_undated_posts_take_the_date_of_their_folder(tmp_path: Path) -> None:
    write(tmp_path / "posts" / "2015" / "09" / "mill.txt", f"{sample(1).title}\n\n{sample(1).text}\n")
    (article,) = posts_of(tmp_path / "posts")
    assert article.published == datetime(2015, 9, 1, tzinfo=UTC)


def test_index_fills_in_only_what_a_post_lacks(tmp_path: Path) -> None:
    write(tmp_path / "posts" / "a.txt", sample(1).text)
    write(tmp_path / "posts" / "b.html", exports.page(sample(2)))
    rows = "file;title;date;byline\na.txt;Harbour saved;2014-05-06;Ola Brandt\nb.html;Wrong;2001-01-01;Wrong Name\n"
    index = read_index(write(tmp_path / "index.csv", rows))
    first, second = [
        read_entry(entry, now=NOW) for entry in open_archive(tmp_path / "posts", now=NOW, index=index)
    ]
    assert (first.title, first.published) == ("Harbour saved", datetime(2014, 5, 6, tzinfo=UTC))
    assert [person.name for person in first.byline] == ["Ola Brandt"]
    check(second, sample(2))


def test_empty_post_is_no_article(tmp_path: Path) -> None:
    picture = sample(1, html='<a href="x.jpg"><img src="x.jpg"/></a>')
    (entry,) = entries_of(write(tmp_path / "rss.xml", exports.atom([picture])))
    with pytest.raises(NotAnArticle):
        read_entry(entry, now=NOW)


@pytest.mark.parametrize(("name", "data"), [("notes.pdf", b"%PDF-1.4"), ("list.opml", b"<opml></opml>")])
def test_what_is_no_archive_is_refused_by_name(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no archive"):
        entries_of(write(tmp_path / name, data))


def test_missing_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        entries_of(tmp_path / "nowhere")
