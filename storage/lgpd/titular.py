"""Who somebody is, by their phone: registered, in conversations, among the consultores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import (
    agent_presence,
    aprovacoes,
    arquivos,
    atendimentos,
    auditoria,
    consultores,
    contatos,
    convites,
    delegacoes,
    execucoes,
    historico,
    importacoes,
    links_painel,
    mensagens,
    ofertas,
    outbox,
    pap_bo_em_uso,
    passos_venda,
    perguntas_execucao,
    presence_changes,
    sessoes_painel,
    usuarios,
    vendas,
)
from storage.transaction import Transaction

# What an answer never holds, theirs or not.
_NEVER = frozenset({"senha_pap", "senha", "state", "state_data", "choices", "token_hash", "sealed_text"})


# What somebody of the staff did, and when they were there.
_BY_USUARIO = (
    presence_changes, sessoes_painel, links_painel, convites, passos_venda, aprovacoes, historico, auditoria,
    importacoes, perguntas_execucao,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Titular:
    """One person. `formas`: of their phone; `ids`: what channels call them; `registrados`: names in our registers."""

    formas: tuple[str, ...]
    usuario_id: UUID | None = None
    consultor_id: int | None = None
    contatos: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    atendimentos: tuple[int, ...] = ()
    nomes: tuple[str, ...] = ()
    registrados: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.usuario_id is not None or self.consultor_id is not None or bool(self.contatos)


async def titular_of(connection: AsyncConnection, formas: Sequence[str], alvo: str | None = None) -> Titular:
    """Whose phone it is, in any of its forms; who `alvo` is, as the audit names people (`contato:11`)."""
    tipo, _, numero = (alvo or "").partition(":")
    number = int(numero) if tipo in ("contato", "consultor") else None
    of_theirs = or_(
        usuarios.c.telefone.in_(formas),
        usuarios.c.tel_whatsapp.in_(formas),
        _is(usuarios.c.id, UUID(numero) if tipo == "usuario" else None),
    )
    people = select(usuarios.c.id, usuarios.c.nome_completo).where(of_theirs)
    usuario = (await connection.execute(people)).first()
    usuario_id = None if usuario is None else usuario.id
    of_phone = or_(
        consultores.c.telefone.in_(formas),
        _is(consultores.c.usuario_id, usuario_id),
        _is(consultores.c.id, number if tipo == "consultor" else None),
    )
    consultor = (await connection.execute(select(consultores.c.id, consultores.c.nome).where(of_phone))).first()
    consultor_id = None if consultor is None else consultor.id
    theirs = or_(
        contatos.c.telefone.in_(formas),
        and_(contatos.c.channel == "whatsapp", contatos.c.external_id.in_(formas)),
        _is(contatos.c.usuario_id, usuario_id),
        _is(contatos.c.id, number if tipo == "contato" else None),
    )
    rows = (await connection.execute(select(contatos).where(theirs).order_by(contatos.c.id))).all()
    ids = [one for row in rows for one in (row.external_id, row.scoped_id) if one]
    numbers = tuple(row.id for row in rows)
    served = await connection.execute(select(atendimentos.c.id).where(atendimentos.c.contato_id.in_(numbers)))
    nomes = tuple({row.nome for row in rows if row.nome})
    registrados = {one for one in (usuario and usuario.nome_completo, consultor and consultor.nome) if one}
    served_ids = tuple(served.scalars())
    return Titular(tuple(formas), usuario_id, consultor_id, numbers, tuple(ids), served_ids, nomes, tuple(registrados))


async def lock_titular(tx: Transaction, formas: Sequence[str], alvo: str | None = None) -> Titular:
    """As `titular_of`, with nobody of their conversations being answered: what was begun meanwhile is seen."""
    seen = await titular_of(tx.connection, formas, alvo)
    await tx.execute(select(contatos.c.id).where(contatos.c.id.in_(seen.contatos)).with_for_update())
    return await titular_of(tx.connection, formas, alvo)


async def open_matters(connection: AsyncConnection, titular: Titular) -> str | None:
    """What is under way with this person: `venda`, `atendimento`, `login`; None when nothing is."""
    sales = select(vendas.c.id).where(vendas.c.encerrada_em.is_(None), _is(vendas.c.usuario_id, titular.usuario_id))
    served = or_(atendimentos.c.id.in_(titular.atendimentos), _is(atendimentos.c.consultor_id, titular.consultor_id))
    talks = select(atendimentos.c.id).where(atendimentos.c.encerrado_em.is_(None), served)
    holder = or_(
        _is(pap_bo_em_uso.c.bo_usuario_id, titular.usuario_id), _is(pap_bo_em_uso.c.vendedor_id, titular.usuario_id)
    )
    leases = select(pap_bo_em_uso.c.epoch).where(pap_bo_em_uso.c.liberado_em.is_(None), holder)
    for name, statement in (("venda", sales), ("atendimento", talks), ("login", leases)):
        if (await connection.execute(statement.limit(1))).first() is not None:
            return name
    return None


async def data_of(connection: AsyncConnection, titular: Titular) -> dict[str, list[dict[str, Any]]]:
    """Their rows by table, without secrets and without what others wrote for themselves (notes)."""
    conditions = {
        usuarios: _is(usuarios.c.id, titular.usuario_id),
        consultores: _is(consultores.c.id, titular.consultor_id),
        contatos: contatos.c.id.in_(titular.contatos),
        atendimentos: atendimentos.c.id.in_(titular.atendimentos),
        mensagens: and_(mensagens.c.atendimento_id.in_(titular.atendimentos), mensagens.c.autor != "NOTA"),
        arquivos: arquivos.c.contato_id.in_(titular.contatos),
        agent_presence: _is(agent_presence.c.usuario_id, titular.usuario_id),
        vendas: or_(_is(vendas.c.usuario_id, titular.usuario_id), vendas.c.contato_id.in_(titular.contatos)),
        outbox: outbox.c.contato_id.in_(titular.contatos),
        pap_bo_em_uso: _is(pap_bo_em_uso.c.vendedor_id, titular.usuario_id),
        execucoes: _is(execucoes.c.executado_por_usuario_id, titular.usuario_id),
        delegacoes: or_(
            _is(delegacoes.c.de_usuario_id, titular.usuario_id), _is(delegacoes.c.para_usuario_id, titular.usuario_id)
        ),
        ofertas: _is(ofertas.c.consultor_id, titular.consultor_id),
    } | {table: _is(table.c.usuario_id, titular.usuario_id) for table in _BY_USUARIO}
    found: dict[str, list[dict[str, Any]]] = {}
    for table, condition in conditions.items():
        columns = [column for column in table.c if column.name not in _NEVER]
        rows = await connection.execute(select(*columns).where(condition).order_by(*table.primary_key.columns))
        found[table.name] = [dict(row._mapping) for row in rows]
    return found


def _is(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    """Equal; to nobody when there is none: `== None` would be everybody who has none either."""
    return false() if value is None else column == value
