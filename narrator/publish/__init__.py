"""Episodes to feed, site and upload: everything a subscriber or a reader can fetch."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from narrator.shows import Show

__all__ = ["prepare_publishing", "publish_show"]


def prepare_publishing(show: Show) -> None:
    """Make ready what `publish_show` needs: for a thread of its own, while lines are voiced."""
    from narrator.publish.cover import drawn_cover, is_drawn
    from narrator.publish.feed import show_title
    from narrator.publish.site import load_templates
    from narrator.publish.site.qr import kept_qr_svg

    load_templates()
    kept_qr_svg(show.feed_url)
    if not is_drawn(show):
        drawn_cover(show_title(show))


def publish_show(show: Show, *, only: Collection[str] | None = None) -> Path:
    """Write feed, site and cover of *show* from its settings and manifests; the feed's path.

    The result depends on nothing else: equal settings and manifests give equal bytes. Files whose
    content stays the same are left alone, time stamp included. The feed is written last, so that
    nothing it names is missing.

    Args:
        show: the show as it stands on disk.
        only: slugs of the episodes whose pages are to be made; None makes all of them. Feed,
            index and cover are always made.

    Raises:
        ShowNotWritable: a file could not be written.
        FeedInvalid: the feed would break a rule that no setting can excuse.
    """
    from narrator.publish.show import write_show

    return write_show(show, only=only)
