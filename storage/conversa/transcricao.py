"""Queries over what was: a customer's atendimentos, and the transcript of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.atendimento.status import Resposta
from storage.conversa.tipos import Autor
from storage.tables import arquivos, atendimentos, consultores, contatos, mensagens, ofertas


@dataclass(frozen=True, slots=True)
class Passado:
    """One atendimento in a list. `consultor` is who had it last, `inicio` the customer's first words."""

    id: int
    protocolo_id: int
    criado_em: datetime
    encerrado_em: datetime | None
    consultor: str | None
    avaliacao: int | None
    inicio: str | None


@dataclass(frozen=True, slots=True)
class Fala:
    """One message of a transcript. `enviada`: whether it was sent on to the other side.

    `object_key` is None for a file that was not (yet) fetched; `arquivo` is its name, where it had one.
    """

    id: int
    autor: str
    consultor: str | None
    tipo: str
    texto: str | None
    detalhe: dict[str, Any] | None
    responde_a: int | None
    quando: datetime
    editada_em: datetime | None
    enviada: bool
    arquivo_id: UUID | None
    arquivo: str | None
    mime_type: str | None
    object_key: str | None


@dataclass(frozen=True, slots=True)
class Transcricao:
    """An atendimento with everything that was said in it, oldest first."""

    id: int
    protocolo_id: int
    contato_id: int
    customer: str | None
    telefone: str | None
    channel: str
    idioma: str
    status: str
    consultor: str | None
    criado_em: datetime
    aceito_em: datetime | None
    encerrado_em: datetime | None
    avaliacao: int | None
    comentario: str | None
    falas: tuple[Fala, ...]


_FIRST_WORDS = (
    select(mensagens.c.texto)
    .where(mensagens.c.atendimento_id == atendimentos.c.id, mensagens.c.autor == Autor.CLIENTE, mensagens.c.texto != "")
    .order_by(mensagens.c.id)
    .limit(1)
    .scalar_subquery()
)
_FALAS = (
    select(
        mensagens.c.id,
        mensagens.c.autor,
        consultores.c.nome,
        mensagens.c.tipo,
        mensagens.c.texto,
        mensagens.c.detalhe,
        mensagens.c.responde_a,
        mensagens.c.quando,
        mensagens.c.editada_em,
        mensagens.c.outbox_id.is_not(None),
        mensagens.c.arquivo_id,
        arquivos.c.nome,
        arquivos.c.mime_type,
        arquivos.c.object_key,
    )
    .select_from(
        mensagens.outerjoin(consultores, consultores.c.id == mensagens.c.consultor_id).outerjoin(
            arquivos, arquivos.c.id == mensagens.c.arquivo_id
        )
    )
    .order_by(mensagens.c.id)
)


async def past_of(
    connection: AsyncConnection, contato_ids: Sequence[int], skip: int, limit: int
) -> tuple[list[Passado], int]:
    """A page of the atendimentos of this customer, newest first, and how many there are."""
    of_customer = atendimentos.c.contato_id.in_(contato_ids)
    statement = (
        select(
            atendimentos.c.id,
            atendimentos.c.protocolo_id,
            atendimentos.c.criado_em,
            atendimentos.c.encerrado_em,
            consultores.c.nome,
            atendimentos.c.avaliacao,
            _FIRST_WORDS,
        )
        .select_from(atendimentos.outerjoin(consultores, consultores.c.id == atendimentos.c.consultor_id))
        .where(of_customer)
        .order_by(atendimentos.c.id.desc())
    )
    rows = await connection.execute(statement.offset(skip).limit(limit))
    page = [Passado(*row) for row in rows]
    counted = select(func.count()).select_from(atendimentos).where(of_customer)
    return page, int((await connection.execute(counted)).scalar_one())


async def customers_of_phone(connection: AsyncConnection, forms: Sequence[str]) -> list[int]:
    """The conversations, on every channel, of the customer whose phone has one of these forms."""
    own = contatos.c.telefone.in_(forms) | ((contatos.c.channel == "whatsapp") & contatos.c.external_id.in_(forms))
    statement = select(contatos.c.id).where(own, contatos.c.is_group.is_(False)).order_by(contatos.c.id)
    return list((await connection.execute(statement)).scalars())


@dataclass(frozen=True, slots=True)
class Recente:
    """Of whom an atendimento was: what they may be looked for by."""

    atendimento_id: int
    contato_id: int
    nome: str | None
    telefone: str | None


async def customers_lately(connection: AsyncConnection, consultor_id: int | None, limit: int) -> list[Recente]:
    """The customers of the newest so many atendimentos, each once; only of those whom this consultor took."""
    c = atendimentos.c
    statement = (
        select(c.id, c.contato_id, contatos.c.nome, contatos.c.telefone)
        .select_from(atendimentos.join(contatos, contatos.c.id == c.contato_id))
        .order_by(c.id.desc())
        .limit(limit)
    )
    if consultor_id is not None:
        mine = and_(ofertas.c.consultor_id == consultor_id, ofertas.c.resposta == Resposta.ACEITOU)
        statement = statement.where(c.id.in_(select(ofertas.c.atendimento_id).where(mine)))
    newest: dict[int, Recente] = {}
    for row in await connection.execute(statement):
        one = Recente(*row)
        newest.setdefault(one.contato_id, one)
    return list(newest.values())


async def has_attended(connection: AsyncConnection, consultor_id: int, contato_ids: Sequence[int]) -> bool:
    """Whether this consultor attends or attended this customer, or is being asked about them now."""
    asked = and_(
        ofertas.c.atendimento_id == atendimentos.c.id,
        ofertas.c.consultor_id == consultor_id,
        or_(ofertas.c.resposta == Resposta.ACEITOU, ofertas.c.respondida_em.is_(None)),
    )
    statement = select(
        exists().where(
            atendimentos.c.contato_id.in_(contato_ids),
            or_(atendimentos.c.consultor_id == consultor_id, exists().where(asked)),
        )
    )
    return bool((await connection.execute(statement)).scalar_one())


async def transcricao(connection: AsyncConnection, atendimento_id: int) -> Transcricao | None:
    """Everything that is known of an atendimento, notes of the staff included."""
    statement = (
        select(
            atendimentos.c.id,
            atendimentos.c.protocolo_id,
            atendimentos.c.contato_id,
            contatos.c.nome.label("customer"),
            contatos.c.telefone,
            contatos.c.channel,
            atendimentos.c.idioma,
            atendimentos.c.status,
            consultores.c.nome.label("consultor"),
            atendimentos.c.criado_em,
            atendimentos.c.aceito_em,
            atendimentos.c.encerrado_em,
            atendimentos.c.avaliacao,
            atendimentos.c.comentario,
        )
        .select_from(
            atendimentos.join(contatos, contatos.c.id == atendimentos.c.contato_id).outerjoin(
                consultores, consultores.c.id == atendimentos.c.consultor_id
            )
        )
        .where(atendimentos.c.id == atendimento_id)
    )
    head = (await connection.execute(statement)).first()
    if head is None:
        return None
    falas = await connection.execute(_FALAS.where(mensagens.c.atendimento_id == atendimento_id))
    return Transcricao(**head._mapping, falas=tuple(Fala(*row) for row in falas))


async def arquivo_in(connection: AsyncConnection, atendimento_id: int, arquivo_id: UUID) -> Fala | None:
    """The message of that atendimento that brought this file."""
    statement = _FALAS.where(mensagens.c.atendimento_id == atendimento_id, mensagens.c.arquivo_id == arquivo_id)
    row = (await connection.execute(statement.limit(1))).first()
    return None if row is None else Fala(*row)
