"""Files that an adviser sends with a reply."""
