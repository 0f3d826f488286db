"""Views of a list that somebody keeps under a name: filters, and no list of records."""
