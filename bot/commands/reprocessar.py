"""`balcao reprocessar`: what failed for good, shown and done again."""

from collections.abc import Sequence

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.reprocesso.reprocesso import Pendencia, pendencias, refazer


async def list_failed() -> list[str]:
    """A line for each: its id, when it was given up, what it was, what went wrong."""
    async with command_turns() as (settings, turns), turns.database.read() as connection:
        found = await pendencias(connection)
    lines = [
        f"{one.id}  {one.quando.astimezone(settings.zone):%d/%m %H:%M}  {one.o_que}  {one.erro}{_not_again(one)}"
        for one in found
    ]
    return lines or ["Nada falhou de vez."]


async def do_again(ids: Sequence[str]) -> list[str]:
    """Do these again, or all that can be. The service's workers do the work. Raises CommandError for ids of nothing."""
    async with command_turns() as (_, turns):
        done = await turns.run(lambda tx: refazer(tx, ids or None, LINHA_DE_COMANDO))
    if ids and done.recusadas:
        refused = ", ".join(done.recusadas)
        raise CommandError(
            f"não há o que refazer em {refused}: veja `balcao reprocessar --listar`; {_counted(len(done.feitas))}"
        )
    return [_counted(len(done.feitas))]


def _not_again(one: Pendencia) -> str:
    return "" if one.pode else "  (não pode ser refeito: o conteúdo já não existe)"


def _counted(count: int) -> str:
    return f"{count} {'será refeito' if count == 1 else 'serão refeitos'} pelos workers"
