"""How well and how fast real pages are read, beside trafilatura: `python tests/bench/real_pages.py --help`.

Needs checkouts of the public collections, whose own functions score the answers:

    git clone https://github.com/scrapinghub/article-extraction-benchmark
    git clone https://github.com/adbar/trafilatura
    python tests/bench/real_pages.py --benchmark article-extraction-benchmark --evaluation trafilatura/tests

Both read the same bytes in the same run; captions count for neither. Pages that narrator refuses count as
read empty.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import trafilatura

from narrator.errors import NotAnArticle
from narrator.read.assemble import assemble
from narrator.read.pages import draft_page

NOW = datetime.now(UTC)


class Answer(NamedTuple):
    """One page read twice: text and seconds of processor time of either, narrator's sidebars."""

    page: str
    ours: str
    theirs: str
    our_s: float
    their_s: float
    refused: str
    sidebars: tuple[str, ...]


def read_twice(job: tuple[str, Path]) -> Answer:
    """The page at a path, read by narrator and by trafilatura."""
    name, path = job
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    start = time.process_time()
    text, refused, sidebars = read_article_text(data)
    middle = time.process_time()
    theirs = trafilatura.extract(data, include_comments=False) or ""
    return Answer(name, text, theirs, middle - start, time.process_time() - middle, refused, sidebars)


def warm_up() -> None:
    """Import and build what both readers need once, so that no page is charged with it."""
    paragraph = "The harbour wall gave way at noon, and forty boats were carried out to sea by the tide."
    page = f"<html lang=en><title>Wall falls</title><body><article>{f'<p>{paragraph}</p>' * 5}</article>"
    read_article_text(page.encode())
    trafilatura.extract(page.encode(), include_comments=False)


def read_article_text(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """What would be heard of a page, captions aside; why it was refused; its sidebars, a line each."""
    try:
        article = assemble(draft_page(data, source="page.html"), now=NOW)
    except NotAnArticle as error:
        return "", str(error), ()
    sidebars = []
    for index, box in enumerate(article.sidebars):
        inside = [block.text for block in article.blocks if block.sidebar == index]
        sidebars.append(f"{box.kind} | {box.heading} | {box.author} | {len(inside)} | {inside[0][:90]}")
    return "\n".join(b.text for b in article.blocks if b.kind != "caption"), "", tuple(sidebars)


def load_module(path: Path) -> ModuleType:
    """A collection's own module with its scoring functions."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def benchmark_jobs(checkout: Path, truth: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """The pages of article-extraction-benchmark."""
    for key in truth:
        yield key, checkout / "html" / f"{key}.html.gz"


def evaluation_jobs(tests: Path, truth: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """The pages of trafilatura's evaluation that its checkout holds."""
    for address, entry in truth.items():
        places = (tests / folder / entry["file"] for folder in ("cache", "eval"))
        found = next((path for path in places if path.is_file()), None)
        if found:
            yield address, found


def score_shingles(answers: Sequence[Answer], truth: dict[str, Any], module: ModuleType) -> dict[str, float]:
    """F1 of four-word shingles, precision and recall averaged over the pages, per reader."""
    scores = {}
    for reader in ("theirs", "ours"):
        counts = [
            module.string_shingle_matching(true=truth[one.page]["articleBody"], pred=getattr(one, reader))
            for one in answers
        ]
        scores[reader] = float(module.metrics_from_tp_fp_fns(counts)["f1"])
    return scores


def score_segments(answers: Sequence[Answer], truth: dict[str, Any], module: ModuleType) -> dict[str, float]:
    """F1 of the segments that must be in a page's text and of those that must not, per reader."""
    scores = {}
    for reader in ("theirs", "ours"):
        counts = [module.count_item(truth[one.page], getattr(one, reader)) for one in answers]
        hits, wrong, missed, _ = (sum(column) for column in zip(*counts, strict=True))
        scores[reader] = 2 * hits / (2 * hits + wrong + missed)
    return scores


def report(name: str, answers: Sequence[Answer], scores: dict[str, float]) -> None:
    """Print what one collection gave."""
    ours, theirs = sum(one.our_s for one in answers), sum(one.their_s for one in answers)
    boxes = [(one.page, line) for one in answers for line in one.sidebars]
    refused = [(one.page, one.refused) for one in answers if one.refused]
    print(
        f"{name}: {len(answers)} pages, F1 trafilatura {scores['theirs']:.4f}, narrator {scores['ours']:.4f}"
    )
    share = f"{theirs / ours:.2f} of trafilatura's"
    print(f"  pages a second: {share}; {len(refused)} refused, {len(boxes)} sidebars")
    for page, line in boxes:
        print(f"  sidebar: {line} ({page[:60]})")
    for page, line in refused:
        print(f"  refused: {line} ({page[:60]})")


def main() -> None:
    """Score the collections whose checkouts are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--benchmark", type=Path, help="checkout of article-extraction-benchmark")
    parser.add_argument("--evaluation", type=Path, help="folder tests of a checkout of trafilatura")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    print(f"trafilatura {trafilatura.__version__}")
    with Pool(given.processes, warm_up) as pool:
        if given.benchmark:
            truth = json.loads((given.benchmark / "ground-truth.json").read_text(encoding="utf-8"))
            answers = pool.map(read_twice, benchmark_jobs(given.benchmark, truth), chunksize=4)
            module = load_module(given.benchmark / "evaluate.py")
            report("article-extraction-benchmark", answers, score_shingles(answers, truth, module))
        if given.evaluation:
            truth = json.loads((given.evaluation / "evaldata.json").read_text(encoding="utf-8"))
            answers = pool.map(read_twice, evaluation_jobs(given.evaluation, truth), chunksize=4)
            module = load_module(given.evaluation / "eval_common.py")
            report("trafilatura's evaluation", answers, score_segments(answers, truth, module))


if __name__ == "__main__":
    main()
