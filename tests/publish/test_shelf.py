"""A show whose episodes are read one at a time is published as one that is in memory."""

from pathlib import Path

from read.archives.exports import sample
from run.batches import run, write_posts

from narrator.config import Settings
from narrator.publish import publish_show
from narrator.shows import open_shelf, open_show


def test_a_shelf_gives_the_same_feed_index_and_pages(tmp_path: Path) -> None:
    show, settings = tmp_path / "show", Settings(engine="tone")
    figure = (
        '<figure><img src="https://dispatch.example/a.jpg">'
        "<figcaption>The mill at dusk, before the fire.</figcaption></figure>"
    )
    posts = [sample(1), sample(2, html=sample(2).html * 5 + figure)]
    run(write_posts(tmp_path / "wp.xml", posts), show)
    names = [str(path.relative_to(show)) for path in show.rglob("*.html")] + ["feed.xml", "episodes.json"]
    assert len(names) == 6
    publish_show(open_show(show, settings))
    whole = {name: (show / name).read_bytes() for name in names}
    for name in names:
        (show / name).unlink()
    publish_show(open_shelf(show, settings))
    assert {name: (show / name).read_bytes() for name in names} == whole
    assert b"mill at dusk" in whole["feed.xml"]
