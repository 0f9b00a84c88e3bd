"""The stages in their order, for one post or for an archive of them, here or on many machines."""
