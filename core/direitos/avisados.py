"""Who is told of what: whoever has the right that it is about. Nobody is looked up by their perfil elsewhere.

`docs/direitos.md` shows what follows.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from core.direitos.direitos import QUEM, Direito, tem
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil


class Noticia(StrEnum):
    """What somebody hears of without having asked, as the document calls it."""

    FATURA = "uma fatura que espera decisão"
    ROBO = "um download ou envio que ninguém pediu e falhou; um login recusado; uma operadora pausada"
    FALTA = "faturas que já deviam ter chegado"
    SEM_APROVADOR = "uma fatura que ninguém pode aprovar"
    SEM_CONSULTOR = "um cliente que ninguém atende"
    AGENDAMENTO = "um agendamento que falhou, ou terminou"
    SEM_RESPOSTA = "uma mensagem que ninguém pôde responder"
    CONTA = "uma conta nossa que um canal recusa"
    TELEFONE = "um telefone que talvez já seja de outra pessoa"
    TITULAR = "um cliente que pede algo sobre os próprios dados"
    ACESSO = "o nome de quem cuida dos acessos, dito a quem não os tem"


DIREITO_DE: dict[Noticia, Direito] = {
    Noticia.FATURA: Direito.DECIDIR,
    Noticia.ROBO: Direito.CUIDAR_DE_PROCESSOS,
    Noticia.FALTA: Direito.CUIDAR_DE_PROCESSOS,
    Noticia.SEM_APROVADOR: Direito.AUDITAR,
    Noticia.SEM_CONSULTOR: Direito.AUDITAR,
    Noticia.AGENDAMENTO: Direito.AGENDAR,
    Noticia.SEM_RESPOSTA: Direito.AUDITAR,
    Noticia.CONTA: Direito.AUDITAR,
    Noticia.TELEFONE: Direito.ADMINISTRAR,
    Noticia.TITULAR: Direito.AUDITAR,
    Noticia.ACESSO: Direito.ADMINISTRAR,
}


def perfis_de(noticia: Noticia) -> tuple[Perfil, ...]:
    """Whose perfil has that right; administrators, who have them all, come last."""
    perfis = QUEM[DIREITO_DE[noticia]]
    return tuple(sorted(perfis, key=lambda perfil: (perfil == Perfil.ADMINISTRADOR, perfil)))


def ouve(perfil: str | None, noticia: Noticia) -> bool:
    """Whether people of this perfil are told, as it is when they would be."""
    return tem(perfil, DIREITO_DE[noticia])


async def avisados(connection: AsyncConnection, noticia: Noticia, limit: int) -> list[Row[Any]]:
    """Everybody active who is told, at most so many of each perfil: `id`, `nome_completo`, `telefone`."""
    return [row for rows in await avisados_por_perfil(connection, noticia, limit) for row in rows]


async def avisados_por_perfil(connection: AsyncConnection, noticia: Noticia, limit: int) -> list[list[Row[Any]]]:
    """The same people, for what those of the second perfil have to hear only where nobody of the first one can."""
    return [await active_of_perfil(connection, perfil, limit) for perfil in perfis_de(noticia)]
