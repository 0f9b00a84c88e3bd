"""Ids that never change, made from what they are ids of (RFC 9562, version 5)."""

from __future__ import annotations

import uuid

_SPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcast:guid, as https://podcasting2.org/docs/podcast-namespace/tags/guid fixes it."""


def make_guid(name: str) -> str:
    """The guid for *name*; equal names have equal ones."""
    return str(uuid.uuid5(_SPACE, name))


def feed_guid(feed_url: str) -> str:
    """The podcast:guid of the feed at *feed_url*: of the address without its scheme and last slashes.

    >>> feed_guid("https://podnews.net/rss/")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return make_guid(feed_url.split("://", 1)[-1].rstrip("/"))
