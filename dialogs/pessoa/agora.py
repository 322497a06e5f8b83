""" "Novidades?", "tem coisa parada?", "como estamos?" of an administrator: what waits anywhere, in one message."""

import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.lexico.texto import in_a_line
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

_LONGEST = 60
_ASKS = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|e ai|e|entao|hoje|agora|opa|me (?:diz|fala|conta))\b[ ,!.]*)*"
    r"(?:(?:tem |alguma? |algo |quais (?:as )?|que )*(?:novidades?|novo por ai|pendencias?)"
    r"|(?:tem |ha |ficou )(?:(?:alguma |muita )?coisa|algo|alguma) (?:parad[ao]|travad[ao]|pres[ao]|pendente"
    r"|errad[ao]|urgente|pegando)"
    r"|(?:ta|esta|tudo|tah) (?:(?:ta|esta|tudo) )?(?:certo|bem|ok|rodando|funcionando|tranquilo|em ordem)"
    r"(?: (?:com |n)?o (?:sistema|servico|balcao|robo)| com tudo)?"
    r"|como (?:estamos|tamo|tamos|ta tudo|esta tudo|tao as coisas|estao as coisas|(?:foi|ta|esta) (?:o )?(?:dia"
    r"|dia hoje|movimento))"
    r"|(?:me (?:da|manda|faz) )?(?:um )?(?:resumo|panorama|balanco) (?:geral|do dia|de hoje|da operacao)"
    r"|what(?:'s|s| is) new|how are we doing)"
    r"(?: (?:hoje|hj|agora|ai|por ai|pra mim|gente|do dia|no momento|ate agora))*\W*"
)


class AsksHowItStands(Filter):
    async def __call__(self, event: Message) -> bool:
        return asks_how_it_stands(event.text or "")


def asks_how_it_stands(text: str) -> bool:
    """Whether it asks for nothing in particular. "Tudo bem?" alone greets."""
    said = in_a_line(text, _LONGEST)
    return bool(said) and _ASKS.fullmatch(said) is not None and _GREETS.fullmatch(said) is None


_GREETS = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|e ai|opa)\b[ ,!.]*)*(?:tudo|ta tudo|tudo ta) (?:bem"
    r"|certo|ok)\W*"
)


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
