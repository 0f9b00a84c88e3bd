"""Sources → `Article`."""
