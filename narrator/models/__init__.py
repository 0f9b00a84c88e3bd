"""The five models the stages hand on, as frozen dataclasses, JSON in and out."""

from narrator.models.article import (
    Article,
    Block,
    BlockKind,
    LedgerRow,
    Omission,
    Person,
    Picture,
    Sidebar,
    SidebarKind,
)
from narrator.models.clip import Clip, Word
from narrator.models.episode import Audio, Chapter, Episode, Identity, SpokenLine
from narrator.models.listed import Listed, listed
from narrator.models.script import Line, LineKind, Role, Script

__all__ = [
    "Article",
    "Audio",
    "Block",
    "BlockKind",
    "Chapter",
    "Clip",
    "Episode",
    "Identity",
    "LedgerRow",
    "Line",
    "LineKind",
    "Listed",
    "Omission",
    "Person",
    "Picture",
    "Role",
    "Script",
    "Sidebar",
    "SidebarKind",
    "SpokenLine",
    "Word",
    "listed",
]
