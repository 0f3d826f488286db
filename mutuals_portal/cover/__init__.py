"""Time away from work: who is away when, and who stands in."""
