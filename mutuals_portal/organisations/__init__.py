"""Keeping the register of bodies: list, edit, bring in from a file, answer names that await."""
