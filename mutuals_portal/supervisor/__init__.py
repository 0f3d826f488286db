"""Starts, watches and stops everything that the portal needs on one machine.

It reads the environment itself, because settings can be read only once it has added to it.
"""
