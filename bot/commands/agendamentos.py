"""`balcao agendamentos`: the schedules, and the usual ones made."""

from bot.commands.turns import command_turns
from core.agendamento.agendamentos import criar_padrao
from core.agendamento.cron import next_runs
from dialogs.agendamento import frases
from storage.agendamento.agendamentos import list_agendamentos

NEXT_RUNS = 5


async def list_schedules() -> list[str]:
    """Each with its next five runs."""
    async with command_turns() as (settings, turns), turns.database.read() as connection:
        found, _ = await list_agendamentos(connection, {})
        lines = []
        for one in found:
            runs = next_runs(one.cron_expressao, turns.now(), settings.zone, NEXT_RUNS)
            lines.append(frases.line(one, runs, settings.zone))
            if one.status_ativo:
                lines.append("  " + "  ".join(frases.moment(run, settings.zone) for run in runs))
    return lines or [frases.none_yet()]


async def make_usual() -> list[str]:
    """Make those of the usual ones that are not there; a line for each that was made."""
    async with command_turns() as (settings, turns):
        made = await turns.run(criar_padrao)
        lines = [
            frases.line(one, next_runs(one.cron_expressao, turns.now(), settings.zone, 1), settings.zone)
            for one in made
        ]
    return lines or [frases.all_there()]
