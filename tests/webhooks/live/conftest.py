"""Whoever may hear everything."""

from uuid import UUID

import pytest

from tests.support.service import RunningService


@pytest.fixture
async def administrador(sqlite_service: RunningService) -> UUID:
    return await sqlite_service.administrador()
