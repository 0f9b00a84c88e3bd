"""Written → spoken form: numbers, names and signs as they are said aloud.

`say_as` is the rules alone, `say_line` the rules with the show's lexicon, `split_sentences` cuts
a paragraph into lines.
"""

from __future__ import annotations

from narrator.say.lexicon import Entry, Lexicon, Spoken, read_lexicon, say_line
from narrator.say.sentences import split_sentences
from narrator.say.spoken import say_as
from narrator.say.unusual import NameAudit, unusual_names

__all__ = [
    "Entry",
    "Lexicon",
    "NameAudit",
    "Spoken",
    "read_lexicon",
    "say_as",
    "say_line",
    "split_sentences",
    "unusual_names",
]
