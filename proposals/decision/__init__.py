"""The decision: recommended by one person, countersigned by another, decided by a third."""
