"""A cache that is away answers "miss"; one that is there remembers."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from activity.cache import FailOpenRedisCache

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def away() -> RedisCache:
    return FailOpenRedisCache(NOBODY_LISTENS, {"OPTIONS": {"socket_connect_timeout": 1}})


def test_a_cache_that_is_away_misses(away):
    away.set("a", 1)
    assert away.get("a", "nothing") == "nothing"
    assert away.add("a", 1) is True
    assert away.delete("a") is False
    assert away.get_many(["a"]) == {}


def test_a_cache_that_is_there_remembers():
    cache = caches["default"]
    cache.set("cache-test", 1)
    assert cache.get("cache-test") == 1
    assert cache.get_many(["cache-test"]) == {"cache-test": 1}
    assert cache.add("cache-test", 2) is False
    assert cache.delete("cache-test") is True
