"""Sources → `Article`."""

from narrator.read.sources import Source, load_source, read_article, read_loaded

__all__ = ["Source", "load_source", "read_article", "read_loaded"]
