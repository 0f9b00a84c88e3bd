"""Clips → Episode: everything that is heard on one timeline, levelled, encoded, tagged and checked."""

import narrator.sound  # noqa: F401 - before numpy, which it tells to keep to one thread
from narrator.join.join import join_clips, prepare_joining

__all__ = ["join_clips", "prepare_joining"]
