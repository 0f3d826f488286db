"""A vote of staff, held by an outsider so that nobody learns how anybody voted."""
