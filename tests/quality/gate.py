"""Cleaner scores on the labelled posts, and the floors they may not fall below.

``python tests/quality/gate.py``          print the scores of both sets
``python tests/quality/gate.py --raise``  lift the floors of ``gate.json`` to them; a floor never sinks

The posts of ``dev`` were seen while the rules were written. Those of ``heldout`` are in other outlets'
shapes and languages; they were labelled before the reader had seen them, the first 30 of ``heldout2`` and
all of ``heldout3`` to ``heldout13`` by people who had not read its code (docs/design/reading-text.md has
the first scores). Those of ``own`` were written to try sidebars under headings that no table knows, those
of ``templates`` to try boxes in the templates of many systems (docs/design/reading-pages.md).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

import score_cleaner  # noqa: E402

from narrator.errors import NotAnArticle  # noqa: E402
from narrator.models import Article  # noqa: E402
from narrator.read.assemble import assemble  # noqa: E402
from narrator.read.pages import draft_page  # noqa: E402
from narrator.read.plaintext import draft_text  # noqa: E402

FLOORS = HERE / "gate.json"
SETS = {
    "dev, texts": ("dev", ".txt"),
    "dev, pages": ("dev", ".html"),
    "held out, texts": ("heldout", ".txt"),
    "held out again, texts": ("heldout2", ".txt"),
    "held out again, pages": ("heldout2", ".html"),
    "held out 3, texts": ("heldout3", ".txt"),
    "held out 3, pages": ("heldout3", ".html"),
    "held out 4, texts": ("heldout4", ".txt"),
    "held out 4, pages": ("heldout4", ".html"),
    "held out 5, texts": ("heldout5", ".txt"),
    "held out 5, pages": ("heldout5", ".html"),
    "held out 6, texts": ("heldout6", ".txt"),
    "held out 6, pages": ("heldout6", ".html"),
    "held out 7, texts": ("heldout7", ".txt"),
    "held out 7, pages": ("heldout7", ".html"),
    "held out 8, texts": ("heldout8", ".txt"),
    "held out 8, pages": ("heldout8", ".html"),
    "held out 9, texts": ("heldout9", ".txt"),
    "held out 9, pages": ("heldout9", ".html"),
    "held out 10, texts": ("heldout10", ".txt"),
    "held out 10, pages": ("heldout10", ".html"),
    "held out 11, texts": ("heldout11", ".txt"),
    "held out 11, pages": ("heldout11", ".html"),
    "held out 12, texts": ("heldout12", ".txt"),
    "held out 12, pages": ("heldout12", ".html"),
    "held out 13, texts": ("heldout13", ".txt"),
    "held out 13, pages": ("heldout13", ".html"),
    "own, texts": ("own", ".txt"),
    "templates, pages": ("templates", ".html"),
}
NOW = datetime(2030, 1, 1, tzinfo=UTC)
SLACK = 0.05
"""How far under the score a floor is put, for rounding."""


def read_case(path: Path) -> Article:
    """The article in a case file."""
    if path.suffix == ".html":
        return assemble(draft_page(path.read_bytes(), source=path.name), now=NOW)
    return assemble(draft_text(path.read_bytes().decode("utf-8"), path.name), now=NOW)


def read_changed(path: Path, change: Callable[[str], str]) -> Article:
    """The article in a text case after *change*."""
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    return assemble(draft_text(change(text), path.name), now=NOW)


def as_gold(article: Article) -> dict[str, Any]:
    """*article* in the shape of a gold label."""
    return {
        "title": article.title,
        "byline": [{"name": one.name, "role": one.role} for one in article.byline],
        "published": article.published.date().isoformat() if article.published else None,
        "sidebars": [{"kind": one.kind, "author": one.author} for one in article.sidebars],
        "blocks": [{"kind": one.kind, "text": one.text, "sidebar": one.sidebar} for one in article.blocks],
    }


def score_set(name: str, change: Callable[[str], str] | None = None) -> dict[str, float]:
    """All figures of the scorer for one of `SETS`; "overall" is the score, 0 to 100.

    Args:
        name: which set.
        change: done to each text before it is read, such as wrapping its lines.
    """
    folder, suffix = SETS[name]
    results = []
    for gold_path in sorted((HERE / folder).glob("*.gold.json")):
        source = gold_path.with_name(gold_path.name.replace(".gold.json", suffix))
        if source.exists():
            gold = json.loads(gold_path.read_text(encoding="utf-8"))
            try:
                article = read_case(source) if change is None else read_changed(source, change)
            except NotAnArticle:
                results.append(score_cleaner.score_file(gold, None))
            else:
                results.append(score_cleaner.score_file(gold, as_gold(article)))
    return score_cleaner.total(results)


def read_floors() -> dict[str, float]:
    """The lowest scores allowed."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def main() -> None:
    """Print the scores; lift the floors when asked to."""
    floors = read_floors() if FLOORS.exists() else {}
    for name in SETS:
        figures = score_set(name)
        print(
            f"{name:21} {figures['overall']:6.2f} (floor {floors.get(name, 0.0):.2f}) "
            f"posts {figures['files']}, sidebars exact {figures['n_side_exact']}/{figures['side_gold']}, "
            f"false {figures['side_false']}, leaked {figures['leaked']}/{figures['n_never']}"
        )
        floors[name] = max(floors.get(name, 0.0), round(figures["overall"] - SLACK, 2))
    if "--raise" in sys.argv[1:]:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
