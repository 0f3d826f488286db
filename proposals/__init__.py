"""Proposals: from a first draft to a released decision."""
