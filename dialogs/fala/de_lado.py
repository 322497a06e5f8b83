"""A question of ours that was one tap away is put aside for whoever looks at something first, and nothing is done."""

from core.fala.decisoes import words_of
from core.fala.entende import understand
from core.fala.espera import Lugar
from core.fala.intencoes import Intencao
from core.processo.consulta.nomeados import named
from core.processo.consulta.olhada import asks_of_invoices, begins_to_look
from dialogs.fala.esperado import who_speaks
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.lote.lote import Comecar
from dialogs.processo.aprovacao import Rejeitar
from dialogs.processo.pendentes import AprovarVarias

# Asked again with a word or a tap; a form of several steps waits where it is (dialogs/fallback.py).
_ASKED_AGAIN_AT_ONCE = {state.state for state in (AprovarVarias.confirmacao, Comecar.confirmacao, Rejeitar.confirmacao)}
_I = Intencao
# What these bring is only shown.
_SHOWN = frozenset({_I.PENDENTES, _I.PROCESSOS, _I.PROCESSO, _I.EXECUCOES, _I.STATUS, _I.VENDAS, _I.RELATORIO})


async def put_aside(talk: Talk, text: str) -> None:
    """What is typed is taken for what it is then; a later SIM confirms nothing that stands further up."""
    if talk.contato.state in _ASKED_AGAIN_AT_ONCE and await _looks(talk, text):
        talk.contato.choices = None
        await talk.state.clear()
        await talk.say(_("Deixei a pergunta de lado, e nada foi feito: peça de novo quando quiser."))


async def _looks(talk: Talk, text: str) -> bool:
    if not begins_to_look(text):
        return False
    if asks_of_invoices(text, talk.today):
        return True
    wish = understand(text, who_speaks(talk, Lugar.LIVRE), today=talk.today)
    return wish.intencao in _SHOWN or bool(await named(talk.tx.connection, words_of(text)))
