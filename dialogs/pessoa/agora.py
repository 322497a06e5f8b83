""" "Novidades?", "tem coisa parada?", "como estamos?" of an administrator: what waits anywhere, in one message."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.agora import asks_how_it_stands
from core.ids import first_id_at
from core.palavras import Palavra
from core.venda.pool import pool_status
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, WordButton
from dialogs.pessoa.administracao import Administrator
from dialogs.processo.execucoes import LATELY
from storage.atendimento.atendimentos import queue
from storage.pages import Pagina
from storage.processo.figures import waiting_for_approval
from storage.processo.panorama import falhas

router = Router(name="agora")
router.message.filter(Administrator())


class AsksHowItStands(Filter):
    async def __call__(self, event: Message) -> bool:
        return asks_how_it_stands(event.text or "")


@router.message(Free(any_word=True), AsksHowItStands())
async def told(event: Message, talk: Talk) -> None:
    """A line for each room; where something waits, a tap leads there."""
    connection = talk.tx.connection
    _rows, clientes = await queue(connection, 1)
    aprovar = (await waiting_for_approval(connection)).quantas
    _found, falharam = await falhas(connection, Pagina(1), first_id_at(talk.tx.now - LATELY))
    pool = await pool_status(connection, talk.tx.now)
    lines = [
        _("Agora:"),
        n_("👥 {n} cliente na fila", "👥 {n} clientes na fila", clientes).format(n=clientes),
        n_("🔎 {n} fatura espera aprovação", "🔎 {n} faturas esperam aprovação", aprovar).format(n=aprovar),
        n_("🤖 {n} falha de robô em 7 dias", "🤖 {n} falhas de robô em 7 dias", falharam).format(n=falharam),
        n_("🔑 {n} acesso livre", "🔑 {n} acessos livres", pool.livres).format(n=pool.livres),
    ]
    waits = ((clientes, Palavra.FILA), (aprovar, Palavra.PENDENTES), (falharam, Palavra.EXECUCOES))
    named = {Palavra.FILA: _("Fila"), Palavra.PENDENTES: _("Pendentes"), Palavra.EXECUCOES: _("Robôs")}
    choices: list[Choice] = [(named[palavra], WordButton(palavra=palavra)) for n, palavra in waits if n]
    if not choices:
        lines.append(_("Nada parado."))
    await talk.say("\n".join(lines), *choices)
