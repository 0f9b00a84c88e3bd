"""narrator turns news posts into a podcast: read → script → speak → join → publish.

Each stage is a function that takes one model and gives the next::

    article = narrator.read_article("post.html")
    script = narrator.write_script(article, settings=settings, voice=voice, now=now)
    clips = narrator.speak_script(script, voice, store)
    episode = narrator.join_clips(script, clips, read_pcm=store.read_pcm, into=folder, …)
    narrator.publish_show(show)

`narrator.run.pipeline` puts them together as the command line does. Importing this package imports none
of the libraries the stages need; a name is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from narrator.errors import NarratorError

if TYPE_CHECKING:
    from narrator.join import join_clips
    from narrator.models import Article, Clip, Episode, Script
    from narrator.publish import publish_show
    from narrator.read import read_article
    from narrator.say import say_as
    from narrator.script import write_script
    from narrator.shows import Show
    from narrator.speak import speak_script

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Clip",
    "Episode",
    "NarratorError",
    "Script",
    "Show",
    "join_clips",
    "publish_show",
    "read_article",
    "say_as",
    "speak_script",
    "write_script",
]

_HOMES = {
    "Article": "narrator.models",
    "Clip": "narrator.models",
    "Episode": "narrator.models",
    "Script": "narrator.models",
    "Show": "narrator.shows",
    "join_clips": "narrator.join",
    "publish_show": "narrator.publish",
    "read_article": "narrator.read",
    "say_as": "narrator.say",
    "speak_script": "narrator.speak",
    "write_script": "narrator.script",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
