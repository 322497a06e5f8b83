"""CANCELAR: at once while nothing runs, and asked once more when a robot is already at work."""

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message

from core.palavras import Palavra, may_use
from core.venda.venda import cancel_sale, is_sale_of, record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Talk
from dialogs.frame.words import Word, WordTap
from dialogs.venda.acompanhamento import show_where_it_stands
from dialogs.venda.buttons import AskToCancel, CancelVenda, KeepVenda
from dialogs.venda.venda import Vender
from storage.pessoa.perfil import Perfil
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, open_venda_of

router = Router(name="cancelamento")


class Seller(Filter):
    """The person can have a sale; for everybody else CANCELAR is a text, which may be for their customer."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if talk.pessoa is None:
            return False
        perfil = Perfil(talk.pessoa.perfil_usuario)
        return may_use(Palavra.VENDER, perfil) or await _open_sale(talk) is not None


@router.message(Word(Palavra.CANCELAR), Seller())
@router.callback_query(WordTap(Palavra.CANCELAR))
@router.callback_query(Tap(AskToCancel))
async def begin(event: Message | CallbackQuery, talk: Talk) -> None:
    venda = await _open_sale(talk)
    if venda is None:
        await talk.state.clear()
        await talk.say(_("Não há nada em andamento para cancelar."))
        return
    if venda.status_venda == StatusVenda.CANCELANDO:
        await _say_cancelling(talk)
        return
    if venda.status_venda == StatusVenda.NA_FILA:
        await _leave_queue(talk, venda)
        return
    await talk.state.set_state(Vender.confirmacao_cancelamento)
    await talk.say(
        _("O robô já está trabalhando nesta venda. Cancelar mesmo assim?"),
        (_("SIM, cancelar"), CancelVenda(venda_id=venda.id)),
        (_("NÃO, continuar"), KeepVenda(venda_id=venda.id)),
    )


@router.message(Word(Palavra.SIM), StateFilter(Vender.confirmacao_cancelamento))
async def confirmed(event: Message, talk: Talk) -> None:
    await _cancel(talk, await _open_sale(talk))


@router.message(Word(Palavra.SIM, Palavra.NAO), Lapsed(Vender.confirmacao_cancelamento))
async def answered_too_late(event: Message, talk: Talk) -> None:
    """Nothing is cancelled by an answer to a question of long ago."""
    await show_where_it_stands(talk, _("Faz tempo que perguntei isso, e não fiz nada com a sua resposta."))


@router.callback_query(Tap(CancelVenda))
async def tapped(event: CallbackQuery, talk: Talk, button: CancelVenda) -> None:
    """The button names its sale: it may be an old one, and on somebody's forged button somebody else's."""
    if not await is_sale_of(talk.tx, talk.pessoa, button.venda_id):
        await record_forged(talk.tx, talk.contato.id, event.data or "")
    venda = await _open_sale(talk)
    await _cancel(talk, venda if venda is not None and venda.id == button.venda_id else None)


async def _cancel(talk: Talk, venda: Venda | None) -> None:
    """The sale may have ended between the question and the answer."""
    if venda is not None and venda.status_venda == StatusVenda.CANCELANDO:
        await _say_cancelling(talk)
    elif venda is not None and await cancel_sale(talk.tx, venda, talk.autor) is not None:
        await talk.state.set_state(Vender.robo)
        await talk.say(_("Cancelando a venda. Aviso aqui quando o robô parar."))
    else:
        await talk.state.clear()
        await talk.say(_("Essa venda já tinha terminado. Digite VENDAS para ver como ficou."))


async def _leave_queue(talk: Talk, venda: Venda) -> None:
    """A login may have come in this very moment: then the robot is stopped."""
    if await cancel_sale(talk.tx, venda, talk.autor) is StatusVenda.CANCELADO:
        await talk.state.clear()
        await talk.say(_("Você saiu da fila. Quando quiser, é só digitar VENDER."))
        return
    await _cancel(talk, await _open_sale(talk))


async def _say_cancelling(talk: Talk) -> None:
    await talk.say(_("A venda já está sendo cancelada. Aviso aqui assim que o robô parar."))


async def _open_sale(talk: Talk) -> Venda | None:
    return await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None


@router.message(Word(Palavra.NAO), StateFilter(Vender.confirmacao_cancelamento))
@router.callback_query(Tap(KeepVenda))
async def kept(event: Message | CallbackQuery, talk: Talk) -> None:
    """On with the sale, from where it stood: its open question is asked again."""
    await show_where_it_stands(talk, _("Certo, a venda continua."))
