"""The parts of an intention: until when, which month, whose invoice, which language, what to note down."""

import re
from dataclasses import replace

from core.fala.espera import Entendido
from core.fala.intencoes import Intencao
from core.fala.leitura.leitura import Leitura
from core.fala.lexico.lexico import bits
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import LIMIT, cleaned, plain

_I = Intencao
_PRESENCE = frozenset({_I.OCUPADO, _I.AUSENTE})
_OF_A_MONTH = frozenset({_I.PROCESSOS, _I.PROCESSO, _I.RELATORIO, _I.FECHAMENTO, _I.APROVAR, _I.REJEITAR, _I.VENDAS})
_OF_A_PERSON = frozenset({_I.TRANSFERIR, _I.LIBERAR, _I.DELEGAR, _I.USUARIOS, _I.CONSULTOR})
_OF_A_CLIENT = frozenset({_I.PROCESSO, _I.APROVAR, _I.REJEITAR})
_LANGUAGES = {"en": bits("ingles"), "es": bits("espanhol"), "pt": bits("portugues")}
_ENDS = re.compile(
    r"(?<=[.!?;])\s+|\n+|,?\s+(?:pq|porque|pois|senão|senao|because|pelo amor de deus)\s+", re.IGNORECASE
)
_MOST = 6
_WHERE = (
    r"(?: ai| isso| pra mim| no (?:client[ea]|cadastro|atendimento|historico|protocolo|sistema)"
    r"| na (?:nota|ficha|observacao|obs))*"
)
_OF_THEM = r"\s+(?:(?:dizendo|falando|avisando) )?(?:que|q) (?=(?:[oa] )?client|el[ea]s?\b)"
_NOTE = re.compile(
    r"\s*(?:"
    r"(?:(?:poe|bota|coloca|adiciona|registra|faz|deixa|escreve) (?:ai )?(?:uma |um |na |como )?)?"
    r"(?:anotar|anota|anote|anotado|anotacao|nota|observacao|obs|lembrete)"
    rf"{_WHERE}(?:\s*[:,]\s*|{_OF_THEM})"
    rf"|(?:registr(?:a|e|ar)|escrev(?:e|a|er)){_WHERE}{_OF_THEM})(?=\S)"
)


def with_parts(entendido: Entendido, leitura: Leitura) -> Entendido:
    """The same intention with the parts its sentence has."""
    intencao = entendido.intencao
    if intencao in _PRESENCE:
        prazo = leitura.prazo
        return replace(entendido, recado=leitura.texto.strip(), ate=prazo.ate if prazo else None)
    if intencao in _OF_A_MONTH and leitura.mes is not None:
        entendido = replace(entendido, mes=leitura.mes.mes)
    if intencao in _OF_A_CLIENT:
        return replace(entendido, cliente=leitura.cliente or leitura.pessoa)
    if intencao in _OF_A_PERSON:
        # "Libera o do Bruno": the login that he holds.
        return replace(entendido, pessoa=_holder(leitura) if intencao is _I.LIBERAR else leitura.pessoa)
    if intencao is _I.IDIOMA:
        named = [code for code, bit in _LANGUAGES.items() if leitura.mascara & bit]
        return replace(entendido, idioma=named[0] if len(named) == 1 else None)
    return entendido


def _holder(leitura: Leitura) -> str | None:
    """Whom a login is lent to: "o do Bruno Silva"; "tira o do João, que saiu da empresa" names one person only."""
    first = next((word for word in re.findall(r"[a-z]+", leitura.plain) if word in FIRST_NAMES), None)
    said = leitura.pessoa or leitura.cliente
    return said if said and (first is None or first in plain(said).split()) else first


def note_text(leitura: Leitura) -> str | None:
    """What is to be noted down, of "anota: o cliente quer …"; None when it is no such sentence."""
    found = _NOTE.match(leitura.plain)
    return None if found is None else leitura.texto[found.end() :].strip()


def noted(text: str) -> str | None:
    """`note_text` of what is typed."""
    clean = cleaned(text)
    found = _NOTE.match(plain(clean))
    return None if found is None else clean[found.end() :].strip()


def pieces_of(text: str) -> list[str]:
    """The sentences of a message, and what stands before a reason: at most so many as somebody would read."""
    return [part for part in _ENDS.split(cleaned(text)) if part.strip()][:_MOST] if len(text) <= LIMIT else []
