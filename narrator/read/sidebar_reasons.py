"""Why a line was taken for a sidebar's heading and where the sidebar ends, in words for the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_MOST_OF_END, _MOST_OF_START = 2, 3
"""Reasons for each side of an end, and for a start; more would not be read."""
_LEAST = 0.2
"""What a sign must weigh to be named."""
_ENDS = {
    "reporting": "it reports what somebody said",
    "weak_reporting": "it reports what somebody did",
    "attributed_quote": "it quotes somebody by name",
    "known_person_first": "it begins with somebody the story had introduced",
    "known_person_titled": "it calls by title somebody the story had introduced",
    "known_person": "it names somebody the story had introduced",
    "new_person": "it introduces somebody by full name",
    "day": "it names a day",
    "past": "it tells in the past tense",
    "event": "it tells what happened",
    "after_list": "the list before it is over",
    "takes_up": "it speaks of what the story had spoken of",
    "resumes": "it takes the story up again",
    "first_person": "the author speaks in the first person",
    "second_person": "it addresses the reader",
    "question": "it asks a question",
    "hedges": "it weighs what could be",
    "own_view": "it says so itself, quoting nobody",
    "present": "it is in the present tense",
    "turns": "it argues on",
    "list_item": "it is a list",
    "short_sentence": "its sentences are short",
    "subject": "it is about what the heading names",
    "speaks_now": "people speak in the present tense",
    "unsourced": "it names no source",
    "dialogue": "it is a question or an answer",
    "year": "it looks back",
    "profile_life": "it tells somebody's life",
    "tight": "no blank line parts it from what is above",
}
"""What each sign of a paragraph says of it."""
_STARTS = {
    "by_label": "it is a known label",
    "by_labelled": "a label stands before its title",
    "by_question": "it asks what sidebars answer",
    "by_handover": "it hands over to another author",
    "by_list": "it stands over a list",
    "by_name": "a name with a role stands alone",
    "alone": "the story has no other crosshead",
    "set_apart": "it is set unlike the crossheads",
    "capitals": "it is in capitals",
    "named": "its author is named",
    "signed": "its author's name stands below it",
    "over_dates": "it stands over dates",
    "fits": "the text below reads as a sidebar does",
    "inside": "the text below is in another voice",
    "returns": "the story comes back below it",
}
"""What each sign of a heading says for a sidebar."""
_SURE = {
    "label": "it is a known label",
    "labelled": "a label stands before its author or its title",
    "word": "a word of such labels is in it",
    "question": "it asks what sidebars answer",
    "any_question": "it is a question over its answer",
    "handover": "it hands over to another author",
    "list": "it stands over a list",
    "name": "a name with a role stands alone",
}
"""What told of a sidebar where nothing had to be weighed, by `Opening.told_by`."""


def explain_end(
    signs: Sequence[Mapping[str, float]], best: int, weights: Mapping[str, float]
) -> tuple[str, ...]:
    """What spoke for an end after block *best*: of that block, and of the one after it.

    Args:
        signs: of each block.
        best: index of the sidebar's last block.
        weights: above 0 for the story, below 0 for the sidebar.
    """
    inside = _strongest(signs[best], weights, _ENDS, sign=-1)[:_MOST_OF_END]
    clauses = [f"inside: {clause}" for clause in inside]
    if best + 1 < len(signs):
        after = _strongest(signs[best + 1], weights, _ENDS, sign=1)[:_MOST_OF_END]
        clauses += [f"after it: {clause}" for clause in after]
    else:
        clauses.append("after it: another heading, or the story's end")
    return tuple(clauses)


def explain_start(signs: Mapping[str, float], weights: Mapping[str, float]) -> tuple[str, ...]:
    """What spoke for a sidebar's heading, as weighed; the strongest first.

    Args:
        signs: of the line and of the text below it.
        weights: above 0 for a crosshead, below 0 for a sidebar's heading.
    """
    return tuple(_strongest(signs, weights, _STARTS, sign=-1)[:_MOST_OF_START])


def explain_sure_start(told_by: str, *, authored: bool) -> tuple[str, ...]:
    """What told of a sidebar beyond doubt, such as a label with its author.

    >>> explain_sure_start("label", authored=True)
    ('it is a known label', 'its author is named')
    """
    told = [_SURE[told_by]] if told_by in _SURE else []
    return tuple(told + ([_STARTS["named"]] if authored and told_by != "handover" else []))


def _strongest(
    found: Mapping[str, float], weights: Mapping[str, float], clauses: Mapping[str, str], *, sign: int
) -> list[str]:
    """The clauses of the signs that weigh most in one direction."""
    weighed = {
        name: sign * weights.get(name, 0.0) * value for name, value in found.items() if name in clauses
    }
    ranked = sorted((name for name in weighed if weighed[name] > _LEAST), key=lambda name: -weighed[name])
    return list(dict.fromkeys(clauses[name] for name in ranked))
