"""What the tests of hostile input share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engines.s3 import EmbeddedS3
from tests.support.hostile_doors import Counter
from tests.support.service import settings_for


@pytest.fixture
def counter(sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(settings_for(sqlite_url, clean_redis_url, s3, tmp_path))
    yield counter
    counter.close()
