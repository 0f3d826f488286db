"""All cases: to narrow them, to find them by what was submitted, and to keep such views."""
