"""Feed and index do not depend on what a brief episode leaves out."""

from pathlib import Path

from read.archives.exports import sample
from run.batches import run, write_posts

from narrator.config import Settings
from narrator.publish import publish_show
from narrator.publish.brief import open_brief_show
from narrator.shows import open_show


def test_brief_show_gives_the_same_feed_and_index(tmp_path: Path) -> None:
    show, settings = tmp_path / "show", Settings(engine="tone")
    figure = (
        '<figure><img src="https://dispatch.example/a.jpg">'
        "<figcaption>The mill at dusk, before the fire.</figcaption></figure>"
    )
    posts = [sample(1), sample(2, html=sample(2).html * 5 + figure)]
    run(write_posts(tmp_path / "wp.xml", posts), show)
    names = ("feed.xml", "index.html", "episodes.json")
    publish_show(open_show(show, settings), only=())
    whole = {name: (show / name).read_bytes() for name in names}
    for name in names:
        (show / name).unlink()
    publish_show(open_brief_show(show, settings, whole=()), only=())
    assert {name: (show / name).read_bytes() for name in names} == whole
    assert b"mill at dusk" in whole["feed.xml"]
