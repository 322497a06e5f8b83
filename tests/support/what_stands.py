"""What stands in the database, but for the traces that every event leaves: for tests of what changes nothing."""

import json

from storage.tables import metadata
from tests.support.service import RunningService

# Events, what is said, and what was noticed of it.
_TRACES = frozenset(
    {
        *("events", "outbox", "message_statuses", "ocorrencias", "contatos", "early_callbacks"),
        *("agent_presence", "presence_changes", "links_painel", "auditoria", "auditoria_cabeca"),
    }
)
_TABLES = sorted(set(metadata.tables) - _TRACES)


async def what_stands(service: RunningService) -> dict[str, str]:
    """Every row by its table, but those of traces."""
    return {
        table: json.dumps(await service.rows(f"SELECT * FROM {table}"), default=str)  # noqa: S608 - names of ours
        for table in _TABLES
    }
