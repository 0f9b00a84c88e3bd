"""Sources → `Article`."""

from narrator.read.sources import read_article

__all__ = ["read_article"]
