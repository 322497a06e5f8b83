"""What a seller does to an answer that is not whole, or not right: takes an earlier one back, sends one in pieces."""

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import Message

from core.fala.correcoes import Correcao, correction_of
from core.palavras import Palavra
from core.venda.respostas import Pergunta
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton
from dialogs.venda.achados import corrected_ahead
from dialogs.venda.perguntas import ask
from dialogs.venda.venda import Vender
from storage.venda.vendas import Venda, open_venda_of

router = Router(name="correcoes")


class TakesBack(Filter):
    """An earlier answer of this sale, said to have been wrong; given as `correcao` and `venda`."""

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None
    ) -> bool | dict[str, Correcao | Venda]:
        if palavra is not None or not event.text or talk.pessoa is None:
            return False
        venda = await open_venda_of(talk.tx, talk.pessoa.id)
        if venda is None:
            return False
        pergunta = Pergunta.parse(venda.pergunta) if venda.pergunta is not None else None
        found = correction_of(event.text, pergunta)
        return False if found is None else {"correcao": found, "venda": venda}


@router.message(StateFilter(Vender.resposta, Vender.robo), TakesBack())
async def taken_back(event: Message, talk: Talk, correcao: Correcao, venda: Venda) -> None:
    """What no robot has yet is corrected; what it has is in the portal, and only a new sale says it otherwise."""
    if (kept := await corrected_ahead(talk, event.text or "")) is not None:
        said = _("Corrigido: uso {resposta} quando o robô perguntar.").format(resposta=kept)
    elif venda.perguntas_feitas > (venda.pergunta is not None):
        gone = _("O robô já levou essa resposta ao portal: daqui não dá para trocar.")
        named = _("O robô já levou a resposta sobre {sobre} ao portal: daqui não dá para trocar.")
        said = named.format(sobre=correcao.sobre) if correcao.sobre else gone
        again = _("Para refazer com a resposta certa, CANCELAR e depois VENDER; se pode ficar como está, é só seguir.")
        said = f"{said}\n{again}"
    else:
        said = _("O robô ainda não perguntou isso. Responda quando ele perguntar.")
    if venda.pergunta is not None:
        await ask(talk, venda, said)
    else:
        await talk.say(said, (_("Cancelar"), WordButton(palavra=Palavra.CANCELAR)))
