from tests.conftest import django_db_setup, examples_database, pytest_configure

__all__ = ["django_db_setup", "examples_database", "pytest_configure"]
