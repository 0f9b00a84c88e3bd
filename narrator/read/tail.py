"""Bylines, dates and notes on the author below the story."""

from __future__ import annotations

from collections.abc import Sequence

from narrator.models import Person
from narrator.read.bylines import read_meta
from narrator.read.date_order import settle_order
from narrator.read.furniture import REASONS
from narrator.read.head import BYLINE, Head
from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.read.standfirsts import DATE, is_stamp

_READ = 20_000
"""Characters of the story by which numeric dates are read."""
_SAID_OF, _LONGEST_TAGLINE = 14, 60
"""Words behind a name in which its role stands, and of a line about an author."""
_LONGEST_SHIRTTAIL = 8
"""Words of an agency's line on where an author reported from."""
_LONGEST_META = 25
_LOWEST = 40
"""Passages from the end in which a byline or a date is looked for."""


def skip_taglines(passages: list[Passage], start: int, people: Sequence[Person], markers: Markers) -> None:
    """Skip what an outlet says of its author: "Ann Bell covers ferries for us.", "Ann Bell is a novelist."

    Below the last paragraph any present tense will do; elsewhere the verb or the noun must be one of
    writing.
    """
    verbs = markers.words["present"] | set(markers.phrases["takes_over"])
    last = True
    for passage in reversed(passages[start:]):
        if passage.part != "story":
            continue
        rest = next((rest for one in people if (rest := _said_of(passage, one))), "")
        words = [word.strip(".,;").casefold() for word in rest.split()[:_SAID_OF]] if rest[:1] == " " else []
        said = bool(words) and (
            words[0] in markers.words["author_verbs"]
            or (words[0] in verbs and bool(markers.words["role_nouns"] & set(words)))
        )
        if (
            passage.open
            and passage.words <= _LONGEST_TAGLINE
            and (said or (last and words[:1] and words[0] in verbs))
        ):
            passage.skip(REASONS["tagline"])
        else:
            last = False


def _said_of(passage: Passage, person: Person) -> str:
    """What *passage* says behind the person's name, or behind the surname in a sentence as short as
    agencies put it: "Bell reported from Lomar."; "" where it opens otherwise.
    """
    surname = person.name.split()[-1]
    for name, longest in ((person.name, _LONGEST_TAGLINE), (surname, _LONGEST_SHIRTTAIL)):
        if passage.text.startswith(name) and passage.words <= longest:
            return passage.text[len(name) :]
    return ""


def read_tail(passages: list[Passage], head: Head, markers: Markers) -> None:
    """Take bylines and time stamps out; what they say counts where the head said nothing."""
    for index in range(head.start + 1, len(passages)):
        passage = passages[index]
        if not _may_be_meta(passage):
            continue
        if is_stamp(passage.text, markers):
            passage.skip(DATE, part="date")
        elif _is_below_story(passages, index):
            meta = read_meta(passage.text, markers)
            if meta is None or markers.labels.find(passages[index - 1].key):
                continue
            if not head.people and meta.labelled:
                head.people.extend(meta.people)
            if not head.dates:
                head.dates.extend(meta.dates)
            passage.skip(BYLINE if meta.labelled else DATE, part="byline")
    story = " ".join(one.text for one in passages[head.start :] if one.part == "story" and one.prose)
    head.dates = settle_order(head.dates, story[:_READ], markers)


def _may_be_meta(passage: Passage) -> bool:
    # "Posted by Ann Bell at 9:40 PM No comments:" ends in a colon as a sentence may.
    says = passage.prose and not passage.text.endswith(":")
    return passage.open and not says and passage.words <= _LONGEST_META


def _is_below_story(passages: list[Passage], index: int) -> bool:
    """No paragraph stands on the next lines, and the end is near."""
    if index < len(passages) - _LOWEST:
        return False
    return not any(one.open and one.prose for one in passages[index + 1 : index + 4])
