"""Where a sidebar ends when nothing marks it: evidence weighed paragraph by paragraph.

Each paragraph after a sidebar's heading gets a score for "the story again" from what it says and how
(`read_signs`). An end after *k* blocks then has the probability that the first *k* are the sidebar's
and the rest the story's, under a prior on how long sidebars are. Weights are in ``ends.toml``; they
are learnt by ``tests/quality/learn_ends.py``, and the page docs/design/sidebar-ends.md has the figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from narrator.read.markers import Markers
from narrator.read.passages import Passage
from narrator.toml import parse_toml

FURTHEST = 24
"""Blocks after its heading in which a sidebar's end is looked for."""
_LONGEST_READ = 2_000
_QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]{2,600}[\"”“»«]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:\s(?:de|da|do|dos|del|di|du|van|von|bin|al|el|la|le)\b)?(?:\s[^\W\d_a-z][\w’'-]+)+"
)
_AFTER_NAME = re.compile(r"\s?[,(]|['’]s\b|\s[^\W\d_]+(?:ed|s|d|te|ó|ou|a|é|t)\b")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»’)]*\s+")


@dataclass(frozen=True, slots=True)
class Story:
    """What the story had said before a sidebar began."""

    surnames: frozenset[str]
    """Last names of the people it had introduced, folded."""
    words: frozenset[str]
    """Its longer words, cut to six letters."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a sidebar ends, and how sure that is."""

    blocks: int
    """Blocks of the sidebar, counted from the first below its heading."""
    confidence: float
    evidence: tuple[str, ...]
    leads_back: float
    """Score of the first paragraph after the end: above 0 it reads as the story."""
    stays: float
    """Mean score of the paragraphs inside: below 0 they read as a sidebar."""


def read_story(passages: Sequence[Passage], markers: Markers) -> Story:
    """What *passages*, those of the story before a sidebar, had said."""
    surnames: set[str] = set()
    words: set[str] = set()
    for passage in passages[-60:]:
        text = passage.text[:_LONGEST_READ]
        surnames.update(name.split()[-1].casefold() for name in find_names(text, markers))
        words.update(_stems(text))
    return Story(frozenset(surnames), frozenset(words))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _TOKEN.findall(text.casefold()) if len(word) > 4)


def find_end(blocks: Sequence[Passage], story: Story, markers: Markers, *, stopped: bool) -> End:
    """The likeliest end of a sidebar whose blocks begin *blocks*.

    Args:
        blocks: what follows the sidebar's heading, up to the next heading or the story's end.
        story: what had been said before the heading.
        markers: the language's words.
        stopped: something other than the story's end comes after *blocks*.
    """
    weights = read_weights()
    blocks = blocks[:FURTHEST]
    signs = [read_signs(blocks, index, story, markers) for index in range(len(blocks))]
    scores = [_dot(weights, found) for found in signs]
    ends = [_dot(weights, choice) for choice in _choices(blocks, signs, markers, stopped=stopped)]
    top = max(ends)
    shares = [math.exp(one - top) for one in ends]
    best = ends.index(top)
    inside = [
        score for score, block in zip(scores[: best + 1], blocks, strict=False) if block.kind != "caption"
    ]
    return End(
        blocks=best + 1,
        confidence=round(shares[best] / sum(shares), 2),
        evidence=_explain(signs, best, weights),
        leads_back=scores[best + 1] if best + 1 < len(scores) else 0.0,
        stays=sum(inside) / len(inside) if inside else 0.0,
    )


def weigh_ends(
    blocks: Sequence[Passage], story: Story, markers: Markers, *, stopped: bool
) -> list[dict[str, float]]:
    """What each end, after the first block, the second …, has to say for itself, by weight.

    A block inside counts against what it says for the story, so its signs are there with a minus.
    """
    blocks = blocks[:FURTHEST]
    signs = [read_signs(blocks, index, story, markers) for index in range(len(blocks))]
    return _choices(blocks, signs, markers, stopped=stopped)


def _choices(
    blocks: Sequence[Passage], signs: Sequence[dict[str, float]], markers: Markers, *, stopped: bool
) -> list[dict[str, float]]:
    choices = []
    inside: dict[str, float] = {}
    length = 0
    for index, found in enumerate(signs):
        for name, value in found.items():
            inside[name] = inside.get(name, 0.0) - value
        if blocks[index].kind not in {"caption", "list-item"} or (
            index == 0 and blocks[0].kind == "list-item"
        ):
            length += 1
        last = index + 1 == len(blocks)
        about_end = {f"length_{min(length, 8)}": 1.0, "beyond_8": float(max(0, length - 8))}
        if not last and opens_with_pronoun(blocks[index + 1], markers):
            about_end["before_pronoun"] = 1.0
        if blocks[index].kind == "caption" and not last:
            about_end["after_caption"] = 1.0
        if last:
            about_end["end_at_heading" if stopped else "end_at_end"] = 1.0
        choices.append({**inside, **about_end})
    return choices


def _dot(weights: dict[str, float], signs: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def read_signs(blocks: Sequence[Passage], index: int, story: Story, markers: Markers) -> dict[str, float]:
    """What speaks for (by the weight's sign) block *index* being the story's, each 0 to 1."""
    block = blocks[index]
    if block.kind == "caption":
        return {}
    if block.kind == "list-item":
        return {"list_item": 1.0}
    signs: dict[str, float] = {"bias": 1.0}
    if any(one.kind == "list-item" for one in blocks[:index]):
        signs["after_list"] = 1.0
    text = block.text[:_LONGEST_READ]
    plain = _QUOTED.sub(" ¤ ", text)
    # "US" is no pronoun.
    tokens = [
        token.casefold().replace("’", "'")
        for token in _TOKEN.findall(plain)
        if len(token) < 2 or not token.isupper()
    ]
    signs.update(_word_signs(tokens, plain, markers))
    quoted = plain.count("¤")
    if quoted:
        signs["attributed_quote" if "reporting" in signs else "quote"] = 1.0
    signs.update(_people_signs(plain, story, markers))
    signs.update(_sentence_signs(plain, tokens, markers))
    signs.update(_cohesion_signs(text, blocks[:index], story, markers))
    return signs


def _word_signs(tokens: list[str], plain: str, markers: Markers) -> dict[str, float]:
    words = markers.words
    counts = {
        name: sum(1 for token in tokens if token in words.get(name, ()))
        for name in (
            "reporting",
            "weak_reporting",
            "event",
            "hedges",
            "first_person",
            "second_person",
            "present",
            "past",
        )
    }
    signs = {
        name: 1.0
        for name in ("reporting", "weak_reporting", "event", "first_person", "second_person")
        if counts[name]
    }
    if counts["hedges"]:
        signs["hedges"] = min(3, counts["hedges"]) / 3
        if not counts["reporting"]:
            signs["own_view"] = 1.0
    # "He sat down", "the sun": short names of days are words too.
    if any(len(token) > 3 and token in words["weekdays"] for token in tokens) or any(
        token in markers.months and len(token) > 3 and token != "may" for token in tokens
    ):
        signs["day"] = 1.0
    endings = markers.phrases.get("past_endings", ())
    counts["past"] += (
        sum(1 for token in tokens if len(token) > 4 and token.endswith(tuple(endings))) if endings else 0
    )
    if counts["past"] > counts["present"]:
        signs["past"] = 1.0
    elif counts["present"] > counts["past"]:
        signs["present"] = 1.0
    if "?" in plain or "¿" in plain:
        signs["question"] = 1.0
    if any(char.isdigit() for char in plain):
        signs["number"] = 1.0
    return signs


def _people_signs(plain: str, story: Story, markers: Markers) -> dict[str, float]:
    signs: dict[str, float] = {}
    tokens = plain.split()
    honorifics = markers.words["honorifics"]
    for index, token in enumerate(tokens[:60]):
        bare = token.strip(".,;:()¤\"'’").casefold()
        if bare.endswith(("'s", "’s")):
            bare = bare[:-2]
        if not token[:1].isupper() or bare not in story.surnames:
            continue
        titled = index > 0 and tokens[index - 1].strip(".").casefold() in honorifics
        if index < 7:
            signs["known_person_first"] = 1.0
        signs["known_person_titled" if titled else "known_person"] = 1.0
    if any(name.split()[-1].casefold() not in story.surnames for name in find_names(plain[:300], markers)):
        signs["new_person"] = 1.0
    return signs


def find_names(text: str, markers: Markers) -> list[str]:
    """What reads as people's full names in running text."""
    names = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        opens = not text[: match.start()].rstrip("\"'“„«»¤ ") or text[: match.start()].rstrip()[-1:] in ".!?…"
        # "While Moscow …" opens a sentence as a name would.
        if opens and len(words) == 2 and not _AFTER_NAME.match(text, match.end()):
            continue
        if markers.language == "de" and " von " in match[0]:
            continue  # German nouns have capitals too: "Reste von Pflanzen"
        if any(word.isupper() and 1 < len(word) < 5 for word in words):
            continue
        while (
            len(words) > 2 and words[0].casefold() in markers.words["stopwords"] | markers.words["honorifics"]
        ):
            words.pop(0)
        if words[0].casefold() in markers.words["stopwords"] or words[-1].isupper() or len(words[-1]) < 3:
            continue
        if (
            words[-1].casefold() in markers.words["outlet_words"]
            or words[-1].casefold() in markers.words["weekdays"]
        ):
            continue
        names.append(" ".join(words))
    return names


def _sentence_signs(plain: str, tokens: list[str], markers: Markers) -> dict[str, float]:
    signs: dict[str, float] = {}
    low = plain.casefold().lstrip("¤ ,")
    if any(low.startswith((f"{opener} ", f"{opener},")) for opener in markers.words["resumes"]):
        signs["resumes"] = 1.0
    if tokens and any(low.startswith((f"{opener} ", f"{opener},")) for opener in markers.words["turns"]):
        signs["turns"] = 1.0
    sentences = [one for one in _SENTENCE.split(plain) if one.strip()]
    if sentences and min(len(one.split()) for one in sentences) <= 5 and len(sentences) > 1:
        signs["short_sentence"] = 1.0
    return signs


def opens_with_pronoun(block: Passage, markers: Markers) -> bool:
    """Whether *block* speaks of somebody the block before it named."""
    first, *others = [word.strip('"“«,').casefold() for word in block.text.split(" ", 3)[:3]]
    return first in markers.words["pronoun_openers"] or any(
        word in markers.words["subject_pronouns"] for word in others
    )


def _cohesion_signs(text: str, inside: Sequence[Passage], story: Story, markers: Markers) -> dict[str, float]:
    stems = _stems(text)
    if not stems:
        return {}
    box = {stem for block in inside[-6:] for stem in _stems(block.text[:_LONGEST_READ])}
    with_story = len(stems & story.words) / len(stems)
    with_box = len(stems & box) / len(stems)
    signs = {"like_story": min(1.0, 2 * with_story), "like_box": min(1.0, 2 * with_box)}
    # "The protesters …": what the story spoke of and the sidebar did not.
    article, *rest = _TOKEN.findall(text[:80].casefold())[:2]
    if rest and article in markers.words["articles"] and rest[0][:6] in story.words - box:
        signs["takes_up"] = 1.0
    return signs


_CLAUSES = {
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
}


def _explain(signs: list[dict[str, float]], best: int, weights: dict[str, float]) -> tuple[str, ...]:
    def strongest(found: dict[str, float], sign: int) -> list[str]:
        ranked = sorted(found, key=lambda name: sign * weights.get(name, 0.0) * found[name], reverse=True)
        return [
            _CLAUSES[name] for name in ranked if sign * weights.get(name, 0.0) > 0.2 and name in _CLAUSES
        ][:2]

    clauses = [f"inside: {clause}" for clause in strongest(signs[best], -1)]
    if best + 1 < len(signs):
        clauses += [f"after it: {clause}" for clause in strongest(signs[best + 1], 1)]
    else:
        clauses.append("after it: another heading, or the story's end")
    return tuple(clauses)


@cache
def read_weights() -> dict[str, float]:
    """The weights by sign: above 0 for the story, below 0 for the sidebar."""
    path = files("narrator.read") / "ends.toml"
    table = parse_toml(path.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table["weights"].items()}
