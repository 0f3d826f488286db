"""Mentors, their seats, and who mentors whom."""
