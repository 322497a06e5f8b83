"""What stands in every table, for tests that look for what should stand in none."""

import json

from storage.tables import metadata
from tests.support.service import RunningService

# The versions of the schema are no rows of ours.
_TABLES = sorted(metadata.tables)


async def everything(service: RunningService) -> str:
    """Every row of every table as one text; characters outside ASCII as they are."""
    rows = [row for table in _TABLES for row in await service.rows(f"SELECT * FROM {table}")]  # noqa: S608 - names of ours
    return json.dumps(rows, default=str, ensure_ascii=False)
