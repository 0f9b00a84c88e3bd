"""narrator turns news posts into a podcast: read → script → speak → join → publish.

Each stage takes one model and returns the next::

    article = narrator.read_article("post.html")
    script = narrator.write_script(article)
    clips = narrator.speak_script(script, voice, store)
    episode = narrator.join_clips(script, clips, ...)
    narrator.publish_show(show)

Importing this package imports none of the libraries the stages need.
"""

from __future__ import annotations

from narrator.errors import NarratorError
from narrator.models import Article, Clip, Episode, Script

__version__ = "0.1.0"

__all__ = ["Article", "Clip", "Episode", "NarratorError", "Script"]
