from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from narrator.errors import PublishError
from narrator.publish import publish_show
from narrator.publish.public import is_public, public_files
from narrator.publish.target import Target
from narrator.publish.upload import plan_upload, upload
from narrator.shows import Show


@pytest.fixture
def show(make_show: Callable[..., Show]) -> Show:
    """A published show of two episodes."""
    return make_show(2, base_url="https://example.org/podcast", description="News.")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A folder to upload to, which is not there yet."""
    return Target(str(tmp_path / "web" / "podcast"))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_public_arrives_and_nothing_else(show: Show, target: Target) -> None:
    upload(show.folder, target, plan_upload(show.folder, target))
    there = files_in(Path(target.name))
    assert there == {
        path.relative_to(show.folder).as_posix(): path.read_bytes() for path in public_files(show.folder)
    }
    assert all(is_public(name) for name in there)


def test_audio_goes_first_and_the_feed_last(show: Show, target: Target) -> None:
    sent: list[str] = []
    upload(show.folder, target, plan_upload(show.folder, target), on_file=sent.append)
    kinds = [Path(name).suffix for name in sent]
    assert kinds[:2] == [".mp3", ".mp3"]
    assert sent[-1] == "feed.xml"
    pages = [place for place, name in enumerate(sent) if name.endswith("index.html")]
    assert min(pages) > max(place for place, name in enumerate(sent) if name.endswith(".vtt"))
    assert sent.index("index.html") == max(pages)


def test_a_second_upload_sends_only_what_changed(show: Show, target: Target) -> None:
    upload(show.folder, target, plan_upload(show.folder, target))
    assert plan_upload(show.folder, target).paths == []
    feed = show.folder / "feed.xml"
    # The same size, so that only its content tells.
    feed.write_bytes(feed.read_bytes().replace(b"Merrow Haven Post", b"Merrow Raven Post"))
    assert plan_upload(show.folder, target).paths == ["feed.xml"]


def test_without_its_record_audio_is_not_sent_again(show: Show, target: Target) -> None:
    upload(show.folder, target, plan_upload(show.folder, target))
    for record in (show.folder / ".narrator").glob("published-*"):
        record.unlink()
    assert not [name for name in plan_upload(show.folder, target).paths if name.endswith(".mp3")]


def test_an_interrupted_upload_goes_on_and_never_showed_the_feed(show: Show, target: Target) -> None:
    plan = plan_upload(show.folder, target)
    count = 0

    def stop(_: str) -> None:
        nonlocal count
        count += 1
        if count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upload(show.folder, target, plan, on_file=stop)
    there = files_in(Path(target.name))
    assert "feed.xml" not in there
    assert not [name for name in there if name.endswith(".part")]
    rest = plan_upload(show.folder, target)
    assert 0 < len(rest.paths) <= len(plan.paths) - 5
    upload(show.folder, target, rest)
    assert plan_upload(show.folder, target).paths == []


def test_a_file_that_breaks_off_is_not_seen(
    show: Show, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: str, place: str, **_: object) -> None:
        Path(place).write_bytes(b"half")
        raise ConnectionError("gone")

    monkeypatch.setattr(target._fs, "put_file", broken)
    with pytest.raises(PublishError, match=r"cannot be written .gone.*Run it again") as caught:
        upload(show.folder, target, plan_upload(show.folder, target))
    assert caught.value.transient
    assert not files_in(Path(target.name))


def test_nothing_is_deleted_unless_told_and_then_only_the_show_s_own(show: Show, target: Target) -> None:
    upload(show.folder, target, plan_upload(show.folder, target))
    web = Path(target.name)
    (web / "episodes" / "gone").mkdir()
    (web / "episodes" / "gone" / "gone-1.mp3").write_bytes(b"x")
    (web / "robots.txt").write_text("another's")
    plan = plan_upload(show.folder, target)
    assert plan.stale == ("episodes/gone/gone-1.mp3",)
    upload(show.folder, target, plan)
    assert (web / "episodes" / "gone" / "gone-1.mp3").exists()
    upload(show.folder, target, plan, delete=True)
    assert not (web / "episodes" / "gone" / "gone-1.mp3").exists()
    assert (web / "robots.txt").exists()


@pytest.mark.parametrize("destination", ["gopher://example.org/x", "nonesuch://x"])
def test_places_nobody_speaks_to_are_refused_in_one_line(destination: str) -> None:
    with pytest.raises(PublishError, match="cannot upload there"):
        Target(destination)


def test_the_command_uploads_and_says_where_to_subscribe(
    show: Show, run_narrator: Callable[..., object], tmp_path: Path
) -> None:
    web = tmp_path / "web"
    dry = run_narrator("publish", web, "--dry-run", "--show", show.folder)
    assert dry.code == 0  # type: ignore[attr-defined]
    assert dry.out.splitlines()[-1] == "send feed.xml"  # type: ignore[attr-defined]
    assert not web.exists()
    ran = run_narrator("publish", web, "--show", show.folder)
    assert ran.code == 0  # type: ignore[attr-defined]
    assert "https://example.org/podcast/feed.xml" in ran.err  # type: ignore[attr-defined]
    assert (web / "feed.xml").read_bytes() == (show.folder / "feed.xml").read_bytes()


def test_a_show_without_an_address_is_not_published(
    make_show: Callable[..., Show], run_narrator: Callable[..., object], tmp_path: Path
) -> None:
    show = make_show(1)
    publish_show(show)
    ran = run_narrator("publish", tmp_path / "web", "--show", show.folder)
    assert ran.code == 64  # type: ignore[attr-defined]
    assert "base_url is not set" in ran.err  # type: ignore[attr-defined]
    assert not (tmp_path / "web").exists()
