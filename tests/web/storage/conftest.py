"""An open store with the newest schema, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from web.storage.database import Database, open_database
from web.storage.migrations.revision import upgrade


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    store = open_database(database_url)
    upgrade(store)
    yield store
    store.close()
