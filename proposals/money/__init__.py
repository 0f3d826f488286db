"""The money: what a proposal would save the public over five years."""
