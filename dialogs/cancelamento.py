"""CANCELAR: at once while nothing runs, and asked once more when a robot is already at work."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from core.palavras import Palavra
from core.venda import StatusVenda, cancel_sale
from dialogs.acompanhamento import show_where_it_stands
from dialogs.i18n import _
from dialogs.talk import Talk
from dialogs.venda import Vender
from dialogs.words import Tap, Word, on_word
from storage.vendas import open_venda_of

router = Router(name="cancelamento")


@on_word(router, Palavra.CANCELAR)
@router.callback_query(Tap("cancelar", "pedir"))
async def begin(event: Message | CallbackQuery, talk: Talk) -> None:
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None
    if venda is None:
        await talk.state.clear()
        await talk.say(_("Não há nada em andamento para cancelar."))
        return
    if venda.status_venda == StatusVenda.CANCELANDO:
        await talk.say(_("A venda já está sendo cancelada. Aviso aqui assim que terminar."))
        return
    if venda.status_venda == StatusVenda.NA_FILA:
        await cancel_sale(talk.tx, venda)
        await talk.state.clear()
        await talk.say(_("Você saiu da fila. Quando quiser, é só digitar VENDER."))
        return
    await talk.state.set_state(Vender.confirmacao_cancelamento)
    await talk.say(
        _("O robô já está trabalhando nesta venda. Cancelar mesmo assim?"),
        (_("SIM, cancelar"), f"cancelar:sim:{venda.id.hex}"),
        (_("NÃO, continuar"), f"cancelar:nao:{venda.id.hex}"),
    )


@router.message(Word(Palavra.SIM), StateFilter(Vender.confirmacao_cancelamento))
@router.callback_query(Tap("cancelar", "sim"))
async def confirmed(event: Message | CallbackQuery, talk: Talk, partes: list[str] | None = None) -> None:
    """The sale may have ended between the question and the answer."""
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None
    if venda is None or (partes is not None and partes != [venda.id.hex]):
        await talk.state.clear()
        await talk.say(_("Essa venda já tinha terminado. Digite VENDAS para ver como ficou."))
        return
    status = await cancel_sale(talk.tx, venda)
    await talk.state.set_state(Vender.robo if status == StatusVenda.CANCELANDO else None)
    await talk.say(_("Cancelando a venda. Aviso aqui quando o robô parar."))


@router.message(Word(Palavra.NAO), StateFilter(Vender.confirmacao_cancelamento))
@router.callback_query(Tap("cancelar", "nao"))
async def kept(event: Message | CallbackQuery, talk: Talk) -> None:
    """On with the sale, from where it stood: its open question is asked again."""
    await show_where_it_stands(talk, _("Certo, a venda continua."))
