"""The project: settings, addresses, the worker, and what sees every app."""
