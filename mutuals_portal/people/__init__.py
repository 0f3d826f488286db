"""Who holds which role, and what becomes of their work when they leave it."""
