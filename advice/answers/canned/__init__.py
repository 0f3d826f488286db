"""Canned answers: words that advisers put into a reply, kept by topic and looked over in time."""
