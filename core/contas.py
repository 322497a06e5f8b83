"""Our accounts with the channels: a fault of one is told once, and so is its end, however many processes see it."""

from dataclasses import dataclass

from core.commands.base import write_command
from core.commands.contas import TellAccount, TellNotice
from storage.contatos.conversas import mark_event
from storage.ocorrencias import newest_of, record
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AvisoDaMeta:
    """Meta says what it did: to a template of ours, or with `modelo` "" to the account. `evento`: in its own words."""

    modelo: str
    evento: str


PARADA, VOLTOU = "conta_parada", "conta_voltou"


async def note_fault(tx: Transaction, canal: str, codigo: str) -> bool:
    """The channel refuses us; False when that is known."""
    newest = await newest_of(tx, (PARADA, VOLTOU), canal)
    if (newest is not None and newest[1] == PARADA) or not await _first(tx, PARADA, canal, newest):
        return False
    await record(tx, PARADA, canal, codigo=codigo)
    await write_command(tx, TellAccount(canal, codigo, parada=True))
    return True


async def note_recovery(tx: Transaction, canal: str) -> bool:
    """The channel takes our calls; False when nobody was told otherwise."""
    newest = await newest_of(tx, (PARADA, VOLTOU), canal)
    if newest is None or newest[1] == VOLTOU or not await _first(tx, VOLTOU, canal, newest):
        return False
    await record(tx, VOLTOU, canal)
    await write_command(tx, TellAccount(canal, "", parada=False))
    return True


async def _first(tx: Transaction, tipo: str, canal: str, newest: tuple[int, str] | None) -> bool:
    """Whether nobody else tells of this in the same moment."""
    return await mark_event(tx, "conta", f"{canal}:{tipo}:{0 if newest is None else newest[0]}")


async def note_failed_deliveries(tx: Transaction, canal: str, codigo: str) -> None:
    """The channel takes our calls and reports later that the account is at fault: told once a day."""
    if await mark_event(tx, "conta", f"{canal}:entregas:{tx.now:%Y-%m-%d}"):
        await record(tx, "conta_nao_entrega", canal, codigo=codigo)
        await write_command(tx, TellAccount(canal, codigo, parada=True))


async def note_notice(tx: Transaction, canal: str, aviso: AvisoDaMeta) -> None:
    """Told once a day, however often it is delivered."""
    if await mark_event(tx, "conta", f"{canal}:{aviso.modelo}:{aviso.evento}:{tx.now:%Y-%m-%d}"):
        await record(tx, "aviso_da_meta", aviso.modelo or canal, evento=aviso.evento)
        await write_command(tx, TellNotice(canal, aviso.modelo, aviso.evento))
