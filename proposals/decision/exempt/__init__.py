"""That a service is exempt: proposed by a decision maker, confirmed by another official."""
