"""What a sentence is, between the things there are dialogs for: chatter, an answer to an offer, a likely wish."""

import re

from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.fala.recuos import Recuo, is_laugh, retreat_of
from core.palavras import Palavra, folded
from dialogs.fala.esperado import offered
from dialogs.frame.buttons import button_of
from dialogs.frame.prazos import choices_of, offered_last
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton
from dialogs.processo.buttons import ACTS, SeeFatura, SeeProcesso
from dialogs.venda.venda import Vender

# What was asked there is asked again instead: a greeting is no answer.
_ASKED = frozenset({Vender.confirmacao.state, Vender.lugar_na_fila.state, Vender.confirmacao_cancelamento.state})


# A longer one may speak of somebody else who gives up.
_SHORT = 5
_CANCELS = re.compile(r"cancel|desist")


class Said(Filter):
    """One of these intentions, where nothing is waited for."""

    def __init__(self, *intencoes: Intencao) -> None:
        self._intencoes = frozenset(intencoes)

    async def __call__(
        self,
        event: Message,
        entendido: Entendido = NADA,
        raw_state: str | None = None,
        alheia: Palavra | None = None,
    ) -> bool:
        return alheia is None and entendido.intencao in self._intencoes and raw_state not in _ASKED


class OfferedLast(Filter):
    """The message shown last asked whether one of its choices is meant."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return bool(offered_last(talk))


class Likely(Filter):
    """A wish that is not sure enough to be done."""

    async def __call__(self, event: Message, entendido: Entendido = NADA, raw_state: str | None = None) -> bool:
        return raw_state not in _ASKED and bool(offered(entendido))


class Laughs(Filter):
    """Nothing but a laugh or a heart."""

    async def __call__(self, event: Message) -> bool:
        return is_laugh(event.text or "")


class DrawsBack(Filter):
    """ "Não, pera, deixa", "cliquei errado"."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if talk.pessoa is None or not event.text:
            return False
        found = retreat_of(event.text)
        # "Cancela" is a word of its own, and may be about what was offered.
        short = len(event.text.split()) <= _SHORT and _CANCELS.search(folded(event.text)) is None
        return found in (Recuo.NAO, Recuo.DEPOIS) or (found is Recuo.DESISTE and short)


class AsksForTime(Filter):
    """ "Peraí", and nothing else, under an offer."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return bool(offered_last(talk)) and retreat_of(event.text or "") is Recuo.ESPERA


_SHOWS = (WordButton, SeeProcesso, SeeFatura)


class ActByNumber(Filter):
    """A number alone, of a button of the card on the screen that acts, whatever question is open further up."""

    async def __call__(self, event: Message, talk: Talk, entendido: Entendido = NADA) -> bool | dict[str, Choice]:
        unsure = entendido.intencao is Intencao.OPCAO and not entendido.certo
        if not unsure or not folded(event.text or "").isdecimal():
            return False
        meant = [(label, button_of(data)) for label, data in choices_of(talk) if data == entendido.valor]
        acts = [(label, button) for label, button in meant if isinstance(button, ACTS)]
        return {"oferecida": acts[0]} if acts else False


class LikelyChoice(Filter):
    """One of the choices on the screen, perhaps; none that decides on money or people."""

    async def __call__(
        self, event: Message, talk: Talk, entendido: Entendido = NADA, alheia: Palavra | None = None
    ) -> bool | dict[str, Choice]:
        if (
            alheia is not None
            or entendido.intencao is not Intencao.OPCAO
            or entendido.certo
            or talk.contato.state is not None
        ):
            return False
        found = [(label, button_of(data)) for label, data in choices_of(talk) if data == entendido.valor]
        meant = [(label, button) for label, button in found if isinstance(button, _SHOWS)]
        return {"oferecida": meant[0]} if meant else False
