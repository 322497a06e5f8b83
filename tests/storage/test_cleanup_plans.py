"""However much was kept: a batch of what is forgotten is found by its age, and nothing else is looked at for it."""

import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage.cleanup import REGRAS, Regra, forget_some
from storage.transaction import Transaction
from tests.storage.test_rodizio_plans import Plans
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


@pytest.mark.falha(249)
async def test_every_rule_finds_the_oldest_by_an_index(world: World) -> None:
    """A rule whose age has none reads and sorts its whole table for each five hundred rows."""
    plans = {regra: await world.turns.run(lambda tx, regra=regra: _plan(tx, regra)) for regra in REGRAS}  # type: ignore[misc]
    slow = {regra.nome: plan for regra, plan in plans.items() if not _by_age(regra, plan)}
    assert slow == {}, "\n\n".join(f"{name}\n{plan}" for name, plan in slow.items())


async def _plan(tx: Transaction, regra: Regra) -> str:
    if tx.dialect == "postgresql":
        # These tables are empty: what is left once there is another way has none.
        for way in ("seqscan", "bitmapscan", "sort"):
            await tx.execute(text(f"SET LOCAL enable_{way} = off"))
    with Plans(tx.connection) as plans:
        await forget_some(tx, regra)
        return await plans.told()


def _by_age(regra: Regra, plan: str) -> bool:
    """Read in the order of age, from the oldest on."""
    sorts = re.search(r"\bSort\b|TEMP B-TREE FOR ORDER BY", plan)
    # A join with what must be over, among those that are looked for, may read all of that other table for each batch.
    joins = re.search(r"(Anti|Semi|Hash|Merge) Join", plan.partition("Limit")[2])
    found = re.search(rf"using (\w+) on {regra.nome}\b|SEARCH {regra.nome} USING (?:COVERING )?INDEX (\w+)", plan)
    return sorts is None and joins is None and found is not None
