"""Where many walks begin: one login, a seller with her phone, a robot at work for her. They need one database only."""

import pytest

from sandbox import Job, Phone
from tests.support.sellers import seller, sells
from tests.support.service import RunningService


@pytest.fixture
async def loja(sqlite_service: RunningService) -> RunningService:
    """The service with one back-office login."""
    await sqlite_service.login_bo()
    return sqlite_service


@pytest.fixture
async def ana(loja: RunningService) -> Phone:
    """Ana Souza, a registered seller, with her phone in hand."""
    return await seller(loja)


@pytest.fixture
async def job(loja: RunningService, ana: Phone) -> Job:
    """The robot of Ana's sale, which the test drives."""
    return await sells(loja, ana)
