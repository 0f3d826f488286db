"""The public register of mutuals, their journey and their mentors."""
