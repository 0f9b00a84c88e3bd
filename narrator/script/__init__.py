"""To come with its first caller."""
