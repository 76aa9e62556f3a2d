"""An open store with the newest schema, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from web.storage.database import Database, open_database


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    store = open_database(store_url)
    yield store
    store.close()
