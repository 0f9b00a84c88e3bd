"""Articles made by hand for the tests of the script stage."""

from datetime import UTC, datetime

from narrator.models import Article, Block, LedgerRow, Omission, Person, Picture, Sidebar
from narrator.models.ids import block_id, unique_ids

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def blocks(*rows: tuple[str, str, int | None]) -> tuple[Block, ...]:
    """Blocks of (kind, text, sidebar)."""
    names = unique_ids(block_id(kind, text) for kind, text, _ in rows)
    return tuple(
        Block(name, kind, text, sidebar)  # type: ignore[arg-type]
        for name, (kind, text, sidebar) in zip(names, rows, strict=True)
    )


STORY = blocks(
    ("paragraph", "The strait is open again. Boats left at dawn.", None),
    ("caption", "Boats had been idle since July", None),
    ("paragraph", "Prices doubled while it was closed.", None),
    ("caption", "Skippers were never told why", 0),
    ("paragraph", "On paper this is about cod. Will it last?", 0),
    ("paragraph", "Sixty boats may enter from Friday.", None),
    ("heading", "Long nights", None),
    ("quote", "We counted fish by fish.", None),
    ("list-item", "Inspectors return in May", None),
    ("note", "This article was corrected on Monday.", None),
)


def make_article(**changes: object) -> Article:
    """A story with a sidebar, captions, a crosshead, a quote, a list item and a note."""
    facts: dict[str, object] = {
        "title": "Strait reopens",
        "blocks": STORY,
        "source": "strait.txt",
        "language": "en",
        "byline": (Person("Ada Moor", "Europe reporter"),),
        "published": datetime(2015, 9, 18, tzinfo=UTC),
        "sidebars": (Sidebar("analysis", "Analysis", "Peter Harrow", "Europe correspondent", 0.8),),
        "ledger": (
            LedgerRow(1, "Home » News", "skipped", "breadcrumb"),
            *(LedgerRow(n, block.text, "spoken") for n, block in enumerate(STORY, 3)),
        ),
        "outlet": "The Tidewater Post",
        "pictures": (Picture("https://example.org/boats.jpg", None, STORY[1].id),),
        "omissions": (Omission("table", "Landings by port"),),
        "warnings": ("a date later than today was not believed",),
    }
    return Article(**(facts | changes))  # type: ignore[arg-type]
