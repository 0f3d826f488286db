from tests.conftest import django_db_setup, pytest_configure

__all__ = ["django_db_setup", "pytest_configure"]
