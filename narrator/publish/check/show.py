"""All checks over one show folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from narrator.publish.check.feed import check_channel, check_items, own_address, read_feed
from narrator.publish.check.files import check_files
from narrator.publish.check.finding import Finding, error
from narrator.publish.check.settings import check_settings
from narrator.shows import Show


def check_show(show: Show, *, published: bool = True) -> list[Finding]:
    """Every fault of *show* as it stands in its folder, errors first.

    Args:
        show: settings and manifests.
        published: also what matters only for a show on the web: its address, its presentation.
    """
    findings = [*check_settings(show.settings, published=published), *_feeds(show)]
    return sorted(dict.fromkeys(findings), key=lambda one: one.level != "error")


def _feeds(show: Show) -> Iterator[Finding]:
    main = show.folder / "feed.xml"
    if not main.is_file():
        yield error("feed.xml", "is absent", "Run narrator feed.")
        return
    seen: set[str] = set()
    for path in (main, *sorted((show.folder / "feeds").glob("*.xml"))):
        name = path.relative_to(show.folder).as_posix()
        channel, faults = read_feed(name, path.read_bytes())
        yield from faults
        if channel is None:
            continue
        address = f"{show.base_url}/{name}"
        yield from check_channel(name, channel, address)
        yield from check_items(name, channel)
        # A feed made for another address would have every file of it called absent.
        yield from _new_files(show, channel, seen, look=own_address(channel) == address)
    yield from _completeness(show, main, seen)


def _new_files(show: Show, channel: Any, seen: set[str], *, look: bool) -> Iterator[Finding]:
    """Faults of files no feed before has named; a year's feed names those of the main one again."""
    for item in list(channel.findall("item")):
        guid = item.findtext("guid") or ""
        if guid in seen:
            channel.remove(item)
        seen.add(guid)
    if look:
        yield from check_files(show.folder, channel, show.base_url)


def _completeness(show: Show, main: Path, seen: set[str]) -> Iterator[Finding]:
    known = {episode.guid for episode in show.episodes}
    missing, extra = len(known - seen), len(seen - known)
    if missing or extra:
        said = [f"lacks {missing}" if missing else "", f"still has {extra} that are gone" if extra else ""]
        yield error(main.name, f"{' and '.join(filter(None, said))} of the episodes", "Run narrator feed.")
