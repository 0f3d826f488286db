"""A colleague reads a reply before it goes."""
