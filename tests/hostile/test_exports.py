"""Exports and packed files that are made to fill memory, lead out of the archive, or never end."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import STORY
from hostile.conftest import House

POST = (STORY * 1).encode()


def batch(house: House, archive: Path, *more: object) -> tuple[object, ...]:
    return ("batch", archive, "--engine", "tone", "--jobs", 1, "--plain", *more)


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def atom(inside: str, head: str = "") -> bytes:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{head}<feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>Dispatch</title>{inside}</feed>"
    ).encode()


def entry(content: str) -> str:
    return (
        "<entry><id>tag:dispatch.example,2015:1</id><published>2015-09-18T06:30:00Z</published>"
        f"<title>Bridge over the Orra reopens</title><content type='html'>{content}</content></entry>"
    )


LAUGHS = "<!DOCTYPE feed [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("billion-laughs", atom(entry("The bridge is &m; open. " * 9), f"{LAUGHS}]>")),
        ("quadratic", atom(entry("&a;" * 2000), f"<!DOCTYPE feed [<!ENTITY a '{'ha' * 40_000}'>]>")),
        (
            "outside-file",
            atom(
                entry("The bridge is &x; open."), "<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            ),
        ),
        (
            "outside-address",
            atom(entry("Open &x; now."), "<!DOCTYPE feed [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>"),
        ),
        (
            "parameter-entity",
            atom(entry("Open now."), "<!DOCTYPE feed [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>"),
        ),
        ("outside-dtd", atom(entry("Open now."), "<!DOCTYPE feed SYSTEM 'file:///etc/passwd'>")),
        (
            "xinclude",
            atom(
                "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/>"
                + entry("Open")
            ),
        ),
        ("deep", atom("<a>" * 200_000 + "</a>" * 200_000)),
        ("deep-html", atom(entry("&lt;div&gt;" * 50_000 + "The bridge is open again, the council said."))),
        ("attributes", atom("<entry " + " ".join(f"a{n}='x'" for n in range(30_000)) + ">" + "</entry>")),
        ("long-attribute", atom(f"<entry a='{'x' * 3_000_000}'></entry>")),
        ("long-tag", atom(f"<{'x' * 1_000_000}/>")),
        ("namespaces", atom("".join(f"<e xmlns:n{n}='u{n}'/>" for n in range(20_000)))),
        ("open-comment", atom("<!-- " + "x" * 2_000_000)),
        ("open-cdata", atom("<entry><content><![CDATA[" + "x" * 2_000_000)),
        ("references", atom(entry("&#0;&#x1F;&#xD800;&#99999999;&#xFFFFFF;" * 2000))),
        ("nothing-but-head", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"),
        ("utf-7", b"<?xml version='1.0' encoding='utf-7'?>" + atom(entry("+ADw-b+AD4-"))[38:]),
        ("unknown-encoding", b"<?xml version='1.0' encoding='x-klingon'?>" + atom(entry("Open"))[38:]),
        ("rot13", b"<?xml version='1.0' encoding='rot13'?>" + atom(entry("Open"))[38:]),
        ("zlib-codec", b"<?xml version='1.0' encoding='zlib'?>" + atom(entry("Open"))[38:]),
    ],
)
def test_export_made_to_harm_costs_little_and_tells_nothing(house: House, name: str, data: bytes) -> None:
    result = house.run(*batch(house, house.put(f"{name}.xml", data)))
    assert result.code in (0, 4), result
    for path in house.show.rglob("*"):
        if path.is_file() and path.suffix in {".json", ".jsonl", ".html", ".md", ".txt"}:
            assert "root:" not in path.read_text(errors="replace")


def forged_tar(kind: bytes, size: int, *, compressed: bool = True) -> bytes:
    """A tar file whose first header announces *size* bytes of a name or of extended headers."""
    head = tarfile.TarInfo("long")
    head.type, head.size = kind, size
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb") if compressed else made as stream:
        stream.write(head.tobuf(tarfile.GNU_FORMAT))
        for _ in range(size // 1_000_000 if compressed else 0):
            stream.write(bytes(1_000_000))
        if not compressed:
            return made.getvalue()
    return made.getvalue()


def tar(*members: tarfile.TarInfo) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(POST[: member.size]))
    return made.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    made.size = len(POST) if kind == tarfile.REGTYPE else 0
    return made


@pytest.mark.parametrize(
    "names",
    [
        ("../../evil.txt",),
        ("/etc/evil.txt",),
        ("..\\..\\evil.txt",),
        ("C:\\evil.txt",),
        ("a/../../../evil.txt", "ok.txt"),
        ("\u202etxt.live.txt",),
        ("x" * 3000 + ".txt",),
        ("same.txt", "same.txt"),
        ("con.txt",),
        ("-rf.txt",),
        ("$(touch pwned).txt",),
    ],
    ids=[
        "up",
        "root",
        "backslash",
        "drive",
        "up-inside",
        "bidi",
        "long",
        "twice",
        "reserved",
        "option",
        "shell",
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_names_inside_a_zip_lead_nowhere(house: House, names: tuple[str, ...]) -> None:
    archive = house.put("posts.zip", packed(*((name, POST) for name in names)))
    result = house.run(*batch(house, archive))
    assert result.code == 0, result
    assert [path.name for path in (house.show / "episodes").iterdir()] == ["strait-reopens-after-seven-weeks"]
    assert not (house.folder / "pwned").exists()


def test_zip_bomb_is_refused_before_it_is_unpacked(house: House) -> None:
    archive = house.put("bomb.zip", packed(("post.txt", bytes(60_000_000))))
    house.refused(4, "bomb.zip", by=batch(house, archive))


def test_zip_that_lies_about_its_sizes_is_read_no_further_than_it_says(house: House) -> None:
    data = bytearray(packed(("post.txt", b"a" * 40_000_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 500)  # the directory says 500 bytes
    result = house.run(*batch(house, house.put("lie.zip", bytes(data))))
    assert result.code == 4, result


def test_zip_in_a_zip_is_not_opened(house: House) -> None:
    inner = packed(("post.txt", POST))
    for _ in range(20):
        inner = packed(("inner.zip", inner))
    result = house.run(*batch(house, house.put("nest.zip", inner)))
    assert result.code in (0, 4), result
    assert not (house.show / "episodes").exists()


@pytest.mark.parametrize("at", ["middle", "end", "directory"])
def test_damaged_zip_is_named(house: House, at: str) -> None:
    data = packed(*((f"{n}.txt", os.urandom(3000)) for n in range(5)))
    cut = {
        "middle": data[: len(data) // 2],
        "end": data[:-30],
        "directory": data[:-200] + bytes(178) + data[-22:],
    }
    result = house.run(*batch(house, house.put("cut.zip", cut[at])))
    assert result.code == 4, result


@pytest.mark.parametrize("method", [1, 6, 12, 14, 97], ids=["shrunk", "imploded", "bzip2", "lzma", "wavpack"])
def test_zip_member_that_is_not_what_its_header_says_fails_alone(house: House, method: int) -> None:
    data = bytearray(packed(("broken.txt", POST), ("whole.txt", POST)))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(mark)
        data[at + offset : at + offset + 2] = struct.pack("<H", method)
    result = house.run(*batch(house, house.put("odd.zip", bytes(data))))
    assert result.code == 4, result
    assert "broken.txt" in result.err
    assert len(list((house.show / "episodes").iterdir())) == 1


def test_zip_with_a_password_fails_with_that_word(house: House) -> None:
    data = bytearray(packed(("post.txt", POST)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    result = house.run(*batch(house, house.put("locked.zip", bytes(data))))
    assert (result.code, "password" in result.err) == (4, True), result


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(atom(entry("x" * 100_000_000)), 9),
        gzip.compress(bytes(300_000_000), 1),
        gzip.compress(gzip.compress(bytes(30_000_000), 9), 9),
    ],
    ids=["one-post", "zeros", "twice"],
)
def test_gzip_bomb_stops_at_the_limit(house: House, data: bytes) -> None:
    result = house.run(*batch(house, house.put("export.xml.gz", data)))
    assert result.code == 4, result


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(atom(entry("Open again.") * 3000))[:-500],
        gzip.compress(atom(entry("Open again.") * 3000))[:-8] + b"\0" * 8,
        b"\x1f\x8b\x08" + os.urandom(3000),
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 3000,
        b"\x1f\x8b",
        b"\x1f\x8b\x09" + bytes(100),
    ],
    ids=["cut", "wrong-sum", "noise", "bad-blocks", "two-bytes", "unknown-method"],
)
def test_damaged_gzip_is_named(house: House, data: bytes) -> None:
    result = house.run(*batch(house, house.put("export.xml.gz", data)))
    assert result.code == 4, result
    assert "export.xml.gz" in result.err


@pytest.mark.parametrize(
    "data",
    [
        forged_tar(tarfile.GNUTYPE_LONGNAME, 1_500_000_000),
        forged_tar(tarfile.XHDTYPE, 1_500_000_000),
        forged_tar(tarfile.GNUTYPE_LONGNAME, 8_000_000_000, compressed=False),
    ],
    ids=["long-name", "extended-header", "no-bytes"],
)
def test_tar_header_that_announces_gigabytes_is_refused(house: House, data: bytes) -> None:
    result = house.run(*batch(house, house.put("posts.tar.gz", data)))
    assert result.code == 4, result
    assert "posts.tar.gz" in result.err


def test_links_and_devices_in_a_tar_are_passed_over(house: House) -> None:
    data = tar(
        member("passwd.txt", tarfile.SYMTYPE, "/etc/passwd"),
        member("hard.txt", tarfile.LNKTYPE, "/etc/passwd"),
        member("loop.txt", tarfile.SYMTYPE, "loop.txt"),
        member("pipe.txt", tarfile.FIFOTYPE),
        member("disk.txt", tarfile.BLKTYPE),
        member("../../evil.txt"),
    )
    result = house.run(*batch(house, house.put("posts.tar.gz", data)))
    assert result.code == 0, result
    assert len(list((house.show / "episodes").iterdir())) == 1


def test_tar_cut_off_in_the_middle_is_named(house: House) -> None:
    data = tar(*(member(f"{n}.txt") for n in range(9)))
    result = house.run(*batch(house, house.put("posts.tar.gz", data[: len(data) // 2])))
    assert result.code == 4, result


def test_folder_of_links_pipes_and_loops_is_read_without_waiting(house: House) -> None:
    house.put("posts/post.txt", POST)
    posts = house.folder / "in" / "posts"
    (posts / "loop").symlink_to(posts)
    (posts / "self.txt").symlink_to(posts / "self.txt")
    (posts / "gone.txt").symlink_to("nowhere.txt")
    (posts / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(posts / "pipe.txt")
    result = house.run(*batch(house, posts))
    assert result.code == 0, result
    assert len(list((house.show / "episodes").iterdir())) == 1


@pytest.mark.parametrize("make", ["make", "script"])
def test_single_sources_that_never_end_are_not_waited_for(house: House, make: str) -> None:
    folder = house.put("posts/post.txt", POST).parent
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    assert house.run(make, folder, "--engine", "tone").code == 0
    house.refused(4, "zero", by=(make, "/dev/zero", "--engine", "tone"))


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"A" * 500_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://[bad\r\nContent-Length: 60\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Rain</p>\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 100\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        + b"\x1f\x8b\x08"
        + b"\xff" * 40,
    ],
    ids=["no-lines", "too-long", "negative", "no-number", "bad-address", "bad-gzip"],
)
def test_damaged_warc_is_named_or_passed_over(house: House, data: bytes) -> None:
    result = house.run(*batch(house, house.put("crawl.warc", data)))
    assert result.code in (0, 4), result


def test_warc_record_packed_to_gigabytes_stops_at_the_limit(house: House) -> None:
    body = gzip.compress(b"<p>rain</p>" * 30_000_000, 1)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    data = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\nWARC-Record-ID: <urn:x>\r\n"
        b"WARC-Date: 2015-09-18T06:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: " + str(len(http)).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"
    )
    result = house.run(*batch(house, house.put("crawl.warc", data)))
    assert result.code == 4, result


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("long-field", b"file,title\npost.txt," + b"x" * 300_000 + b"\n"),
        ("nul", b"file,title\npost.txt,a\0b\n"),
        ("open-quote", b'file,title\n"post.txt,x\n' + b"more\n" * 50),
        ("no-file", b"name,title\npost.txt,x\n"),
        ("no-date", b"file,date\npost.txt,soon\n"),
        ("year-99999", b"file,date\npost.txt,99999-01-01\n"),
        ("month-13", b"file,date\npost.txt,2015-13-45\n"),
        ("no-bytes", b""),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(2000)),
    ],
)
def test_wrong_index_is_a_matter_of_configuration(house: House, name: str, data: bytes) -> None:
    posts = house.put("posts/post.txt", POST).parent
    result = house.run(*batch(house, posts, "--index", house.put(f"{name}.csv", data)))
    assert result.code in ((0, 2) if name in ("nul", "open-quote", "long-field") else (2,)), result
    assert len(result.err.strip().splitlines()) == 1 or result.code == 0


def test_index_cannot_place_a_post_anywhere(house: House) -> None:
    posts = house.put(
        "posts/post.txt", b"The bridge over the Orra is open again today, the council of Hallvik said. " * 3
    ).parent
    index = house.put(
        "index.csv", b'file,title,date,byline\npost.txt,"../../../etc/cron.d/x",2015-09-18,"=cmd()"\n'
    )
    assert house.run(*batch(house, posts, "--index", index)).code == 0
    assert [path.name for path in (house.show / "episodes").iterdir()] == ["etc-cron-d-x"]


@pytest.mark.parametrize("where", ["folder", "file-in-the-way", "absent-folder"])
def test_index_or_report_that_cannot_be_is_said_in_one_line(house: House, where: str) -> None:
    posts = house.put("posts/post.txt", POST).parent
    place = {
        "folder": posts,
        "file-in-the-way": posts / "post.txt" / "x.json",
        "absent-folder": posts / "no" / "x.csv",
    }
    assert house.run(*batch(house, posts, "--index", place[where])).code == 2
