"""Clips → Episode: everything that is heard on one timeline, levelled, encoded, tagged and checked."""

from narrator.join.join import join_clips, prepare_joining

__all__ = ["join_clips", "prepare_joining"]
