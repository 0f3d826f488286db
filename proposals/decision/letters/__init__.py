"""The letters of a decision: one for the team, one for its employer, each as a page and on paper."""
