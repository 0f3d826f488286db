"""Writing to the enquirer, from the first word to the moment it goes."""
