"""One module per engine; none is imported before a voice asks for it."""
