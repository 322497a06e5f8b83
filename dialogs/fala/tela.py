"""What is said of what is on the screen, as the tap that does it; what no tap does is answered here."""

import re
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.tela import NaTela, of_screen
from core.palavras import Palavra, folded
from dialogs.conversa.buttons import ShowOlder
from dialogs.delegacao.buttons import MorePeople
from dialogs.frame.buttons import Button
from dialogs.frame.i18n import _
from dialogs.frame.lista import last_list
from dialogs.frame.prazos import as_choices, buttons_shown, choices_of
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.pessoa.menu import way_to
from dialogs.processo.aprovacao import BackOffice
from dialogs.processo.buttons import (
    ApproveProcesso,
    CancelExecucao,
    DownloadProcesso,
    ListExecucoes,
    ListProcessos,
    MoreFound,
    MorePendentes,
    SeeFatura,
    SeeProcesso,
    SendToSat,
    ShowPassos,
    UndoApproval,
    WhyProcesso,
)
from dialogs.processo.cartao import in_the_panel, listed_on_screen, looked_at
from storage.processo.execucoes import execucao_by_id
from storage.processo.processos import processo_by_id, processos_by_ids

router = Router(name="na_tela")
router.message.filter(BackOffice())

_MORE = (MorePendentes, MoreFound, MorePeople, ShowOlder)
_OF_CARD = (SeeFatura, WhyProcesso, ShowPassos, ApproveProcesso, UndoApproval, DownloadProcesso, SendToSat)
_DOES: dict[NaTela, tuple[type[Button], ...]] = {
    NaTela.ARQUIVO: (SeeFatura,),
    NaTela.DE_NOVO: (DownloadProcesso, SendToSat),
    NaTela.PARAR: (CancelExecucao,),
}
# What opens of the one card on the screen, whichever of its buttons was left out.
_OPENS: dict[NaTela, type[WhyProcesso | ShowPassos | SeeProcesso]] = {
    NaTela.PORQUE: WhyProcesso,
    NaTela.HISTORICO: ShowPassos,
    NaTela.CARTAO: SeeProcesso,
}
# Of a list, which one is asked.
_ONE = frozenset({*_OPENS, NaTela.ELA})

_OF_ROBOT = re.compile(r"rob|downl|execu|envio")


class OfScreen(Filter):
    """Something is said of a card or a list that is on the screen, and no button there does it; given as `na_tela`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, NaTela]:
        wanted = of_screen(event.text or "")
        if wanted is NaTela.PARAR:
            cares = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.CUIDAR_DE_PROCESSOS)
            return {"na_tela": wanted} if cares and _OF_ROBOT.search(folded(event.text or "")) else False
        if wanted in _ONE and len(listed_on_screen(talk)) > 1:
            return {"na_tela": wanted}
        if wanted is NaTela.CORRECAO:
            return {"na_tela": wanted} if _card_of(buttons_shown(talk)) is not None else False
        if wanted is NaTela.RESTO:
            return {"na_tela": wanted} if any(isinstance(one, SeeProcesso) for one in buttons_shown(talk)) else False
        return {"na_tela": wanted} if wanted is NaTela.LISTA else False


@router.message(Free(), OfScreen())
async def said_of_screen(event: Message, talk: Talk, na_tela: NaTela) -> None:
    """A list that has come to its end, or is gone; a value that is put right in the panel only."""
    if na_tela is NaTela.PARAR:
        said = _("Cada robô se para no seu cartão: abra a execução e toque em Parar. Nada foi parado.")
        await talk.say(said, way_to(Palavra.EXECUCOES))
    elif na_tela is NaTela.RESTO:
        await talk.say(_("A lista acaba aqui: são só essas."), *as_choices(choices_of(talk)))
    elif na_tela in _ONE and len(listed_on_screen(talk)) > 1:
        await talk.say(_("De qual da lista? Diga o número ou o nome."), *looked_at(talk))
    elif na_tela is NaTela.LISTA:
        await talk.say(_("Não há lista aberta. Diga o que procura: o cliente, a conta, o mês, ou PROCESSOS."))
    elif (card := _card_of(buttons_shown(talk))) and (processo := await processo_by_id(talk.tx.connection, card)):
        text = _("Por aqui nada é corrigido: valor e vencimento se corrigem no painel, com o PDF ao lado.")
        await talk.say(text, in_the_panel(processo), (_("Ver processo"), SeeProcesso(processo_id=card)))


async def named_on_screen(talk: Talk, text: str) -> str | None:
    """The tap that does what is asked of the screen; None where nothing there does, or several things do."""
    if talk.contato.state is not None or (wanted := of_screen(text)) is None:
        return None
    if wanted is NaTela.LISTA or (wanted is NaTela.ATRAS and looked_at(talk)):
        return await last_list(talk)
    if wanted is NaTela.MAIS_ANTIGA:
        return await _oldest(talk)
    buttons = buttons_shown(talk)
    if wanted is NaTela.ELA:
        card = _card_of(buttons)
        files = any(isinstance(one, SeeFatura) for one in buttons)
        opened = SeeFatura if files else SeeProcesso
        return None if card is None or len(listed_on_screen(talk)) > 1 else opened(processo_id=card).pack()
    if (opens := _OPENS.get(wanted)) is not None:
        card = _card_of(buttons) or await _at_work_on(talk, buttons)
        return None if card is None else opens(processo_id=card).pack()
    found = [button for button in buttons if _does(button, wanted)]
    return found[0].pack() if len(found) == 1 else None


async def _oldest(talk: Talk) -> str | None:
    """Of a list, the invoice of the earliest month, and of those the one that has been here longest."""
    found = await processos_by_ids(talk.tx.connection, listed_on_screen(talk))
    if len(found) < 2:
        return None
    first = min(found.values(), key=lambda one: (one.competencia, one.criado_em, str(one.id)))
    return SeeProcesso(processo_id=first.id).pack()


def _card_of(buttons: list[Button]) -> UUID | None:
    """The one invoice that the buttons are about: those of its card, or the way back to it."""
    ids = {button.processo_id for button in buttons if isinstance(button, _OF_CARD)}
    ids = ids or {button.processo_id for button in buttons if isinstance(button, SeeProcesso)}
    return ids.pop() if len(ids) == 1 else None


async def _at_work_on(talk: Talk, buttons: list[Button]) -> UUID | None:
    """The invoice that the robot works on whom a button there stops."""
    running = [button.execucao_id for button in buttons if isinstance(button, CancelExecucao)]
    execucao = await execucao_by_id(talk.tx.connection, running[0]) if len(running) == 1 else None
    return None if execucao is None else execucao.processo_id


def _does(button: Button, wanted: NaTela) -> bool:
    if wanted is NaTela.RESTO:
        goes_on = isinstance(button, (ListProcessos, ListExecucoes)) and button.depois is not None
        return goes_on or isinstance(button, _MORE)
    return isinstance(button, _DOES.get(wanted, ()))
