"""Before a draft: whether a service is likely to be covered, without an account."""
