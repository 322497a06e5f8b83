"""What a sentence asks for that another perfil may do: whoever may not hears that, and no "did not understand"."""

import re
from datetime import date

from core.direitos.direitos import Direito, tem
from core.fala.decisoes import decisions_of
from core.fala.entende import understand
from core.fala.espera import Entendido, Espera
from core.fala.intencoes import ACOES, Intencao
from core.fala.leitura.leitura import Leitura, read
from core.fala.lexico.lexico import bits
from core.palavras import Palavra, folded, may_use
from core.processo.consulta.pedido import is_search
from storage.pessoa.perfil import Perfil

_I = Intencao
_A_PERSON = re.compile(r"\b(?:consultor\w*|atendentes?|humano|gente de verdade)\b")
# What has no word of its own begins with another one: invoices are decided with a tap on their card.
SHOWN_BY = {_I.DESISTIR: _I.CANCELAR} | dict.fromkeys((_I.APROVAR, _I.REJEITAR, _I.VER_FATURA), _I.PENDENTES)
_DECISIONS = frozenset({_I.APROVAR, _I.REJEITAR})
# "Posso vender?": whoever asks whether they may hears it.
_ASKS_LEAVE = bits("posso")
_PRESENCE = frozenset({_I.OFFLINE, _I.AUSENTE})
# "Minha senha expirou": whoever speaks of a login means it, however they say it.
_LOGIN = bits("acesso")
# Words that say what it is about: "deu certo?", "resumo" may be anybody's.
_NAMES_IT = bits(
    "vender venda vendas presenca online offline ocupado ausente almoco equipe fila pool acesso liberar backup token"
    " usuario convite ferias medico embora agendamento agendado relatorio fechamento auditoria aprovar aprova rejeitar"
)


def _asks_for_a_person(text: str, today: date) -> bool:
    """ "Quero falar com um consultor": what a customer would be put in the queue for."""
    found = understand(text, Espera(), today=today)
    return found.intencao is Intencao.CONSULTOR and found.certo and _A_PERSON.search(folded(text)) is not None


def word_of_another(text: str, perfil: Perfil, today: date) -> Palavra | None:
    """The chat word that a sentence surely is, and that this perfil may not use; None where it is none, or a search."""
    if tem(perfil, Direito.VER_PROCESSOS) and is_search(folded(text)):
        return None
    if decisions_of(text) and not may_use(Palavra.PENDENTES, perfil):
        return Palavra.PENDENTES
    if _asks_for_a_person(text, today):
        return Palavra.CONSULTOR
    leitura = read(text, today)
    if leitura is None or not leitura.mascara & _NAMES_IT:
        return None
    found = understand(text, Espera.of(Perfil.ADMINISTRADOR), today=today)
    word = SHOWN_BY.get(found.intencao, found.intencao).value
    if leitura.mascara & _LOGIN and not found.certo:
        word = Palavra.POOL.value
    elif word not in Palavra.__members__ or not _is_meant(leitura, found):
        return None
    return None if may_use(Palavra(word), perfil) else Palavra(word)


def _is_meant(leitura: Leitura, found: Entendido) -> bool:
    """Sure enough for who may not do it: also what asks leave for it, or says that one is away."""
    asks = leitura.mascara & _ASKS_LEAVE and found.intencao in ACOES and not leitura.alheias
    return found.certo or found.intencao in _DECISIONS | _PRESENCE or bool(asks)
