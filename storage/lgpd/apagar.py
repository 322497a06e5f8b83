"""One person erased: what says who they are goes, what others need stays without them (storage/lgpd/tabelas.py)."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, false, func, or_, select, update

from storage.contatos.contatos import ERASED, HELD
from storage.lgpd.citado import erase_mentions
from storage.lgpd.titular import Titular
from storage.pessoa.usuarios import changed_people
from storage.tables import (
    agent_presence,
    arquivos,
    atendimentos,
    consultores,
    contatos,
    convites,
    execucoes,
    failed_events,
    links_painel,
    mensagens,
    ocorrencias,
    ofertas,
    outbox,
    pap_bo_em_uso,
    passos_venda,
    presence_changes,
    sessoes_painel,
    usuarios,
)
from storage.transaction import Transaction

APAGADO = "Pessoa apagada"
_GONE = "apagado"


async def erase(tx: Transaction, titular: Titular) -> list[str]:
    """Erase everywhere in this turn; the keys of their files in the object store, which go after the commit."""
    keys = await _made_for(tx, titular)
    await _erase_calls(tx, titular)
    keys += await _erase_conversations(tx, titular)
    await _erase_traces(tx, titular)
    if titular.formas:
        await erase_mentions(tx, titular)
    if titular.usuario_id is not None:
        await _erase_usuario(tx, titular)
    if titular.consultor_id is not None:
        nobody = {"nome": APAGADO, "telefone": None, "id_pipedrive": None}
        out = {"status_ativo": False, "status_ativo_sequencial": False, "status_online": False}
        await _set(tx, consultores, consultores.c.id == titular.consultor_id, **nobody, **out)
    return keys


async def _erase_conversations(tx: Transaction, titular: Titular) -> list[str]:
    of_them = mensagens.c.atendimento_id.in_(titular.atendimentos)
    await _set(tx, mensagens, of_them, texto=None, detalhe=None, inbound_id=None, arquivo_id=None)
    await _set(tx, mensagens, mensagens.c.contato_id.in_(titular.contatos), inbound_id=None)
    await _set(tx, atendimentos, atendimentos.c.id.in_(titular.atendimentos), comentario=None)
    theirs = arquivos.c.contato_id.in_(titular.contatos)
    files = (await tx.execute(select(arquivos.c.id, arquivos.c.object_key).where(theirs))).all()
    ids = [row.id for row in files]
    await _set(tx, mensagens, mensagens.c.arquivo_id.in_(ids), arquivo_id=None)
    await tx.execute(delete(arquivos).where(theirs))
    await _erase_held(tx, titular)
    # Nothing is said there any more: a robot may end its work after them.
    gone: dict[str, Any] = {"unreachable_at": tx.now, "atendimento_id": None}
    empty = ("scoped_id", "telefone", "nome", "state", "state_data", "choices", "last_inbound_id")
    for contato_id in titular.contatos:
        values = dict.fromkeys((*empty, "pipedrive_person_id", "usuario_id"), None)
        await _set(tx, contatos, contatos.c.id == contato_id, external_id=f"{ERASED}{contato_id}", **gone, **values)
    return [row.object_key for row in files if row.object_key is not None]


async def _erase_held(tx: Transaction, titular: Titular) -> None:
    """What a consultor wrote to them and did not send after all: it waits in the consultor's conversation."""
    theirs = set(titular.atendimentos)
    holding = select(contatos.c.id, contatos.c.state_data).where(cast(contatos.c.state_data, Text).like(f'%"{HELD}"%'))
    for row in (await tx.execute(holding.with_for_update())).all() if theirs else ():
        kept = [line for line in row.state_data[HELD] if line[2] not in theirs]
        await _set(tx, contatos, contatos.c.id == row.id, state_data={**row.state_data, HELD: kept})


async def _made_for(tx: Transaction, titular: Titular) -> list[str]:
    """Keys of what was made for them and not delivered yet: its file would go behind the message that brings it."""
    waits = outbox.c.contato_id.in_(titular.contatos), outbox.c.done_at.is_(None)
    rows = (await tx.execute(select(outbox.c.params).where(*waits))).scalars()
    return [params["object_key"] for params in rows if "object_key" in params]


async def _erase_calls(tx: Transaction, titular: Titular) -> None:
    """What was said to them; to others about them: relayed, on cards, quoted."""
    relayed = select(mensagens.c.outbox_id).where(mensagens.c.atendimento_id.in_(titular.atendimentos))
    cards = select(-ofertas.c.message_id).where(ofertas.c.atendimento_id.in_(titular.atendimentos))
    topics = select(atendimentos.c.topico_outbox_id).where(atendimentos.c.id.in_(titular.atendimentos))
    about = or_(
        outbox.c.contato_id.in_(titular.contatos),
        _live_of(titular),
        outbox.c.id.in_(relayed.where(mensagens.c.outbox_id.is_not(None))),
        outbox.c.id.in_(cards.where(ofertas.c.message_id.is_not(None))),
        outbox.c.id.in_(topics.where(atendimentos.c.topico_outbox_id.is_not(None))),
    )
    named = [row.id for row in await tx.execute(select(outbox.c.id).where(_mentions(outbox.c.params, titular)))]
    named += await _of_atendimentos(tx, titular)
    named += [row.id for row in await tx.execute(_by_name(titular))]
    values: dict[str, Any] = {"params": {}, "sealed_text": None, "provider_id": None}
    done = {"done_at": func.coalesce(outbox.c.done_at, tx.now), "error": func.coalesce(outbox.c.error, _GONE)}
    for condition in (about, *(outbox.c.id.in_(named[start : start + 500]) for start in range(0, len(named), 500))):
        await tx.execute(update(outbox).where(condition).values(**values, **done))


def _live_of(titular: Titular) -> ColumnElement[bool]:
    """What pages that are open were told of somebody of the staff: why they are away."""
    if titular.usuario_id is None:
        return false()
    return and_(outbox.c.target == "live", _holds(outbox.c.params, str(titular.usuario_id)))


def _by_name(titular: Titular) -> Any:
    """What whoever was asked to attend them was told of them, and what no conversation is named for."""
    asked = select(ofertas.c.contato_id).where(ofertas.c.atendimento_id.in_(titular.atendimentos))
    for_them = or_(outbox.c.contato_id.in_(asked), outbox.c.contato_id.is_(None))
    # Another one of that name may be spoken of: what waits is said.
    done = select(outbox.c.id).where(outbox.c.done_at.is_not(None))
    of_customer = and_(for_them, _names(titular.nomes))
    # Whom they served, and in whose place they acted, were told their name.
    attended = select(atendimentos.c.contato_id).where(atendimentos.c.consultor_id == titular.consultor_id)
    of_staff = or_(
        and_(outbox.c.contato_id.in_(attended), _names(titular.registrados)),
        _names([nome for nome in titular.registrados if " " in nome.strip()]),
    )
    return done.where(or_(of_customer, of_staff))


def _names(nomes: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(_holds(outbox.c.params, _as_json(nome)) for nome in nomes))


async def _of_atendimentos(tx: Transaction, titular: Titular) -> list[int]:
    """What a consultor was shown of them says which atendimento it is of."""
    found: list[int] = []
    if not titular.atendimentos:
        return found
    wanted = set(titular.atendimentos)
    says = cast(outbox.c.params, Text).like('%"atendimento"%')
    for row in await tx.execute(select(outbox.c.id, outbox.c.params).where(says)):
        if row.params.get("atendimento") in wanted:
            found.append(row.id)
    return found


async def _erase_traces(tx: Transaction, titular: Titular) -> None:
    failed = or_(_mentions(failed_events.c.payload, titular), _mentions(failed_events.c.error, titular))
    await tx.execute(delete(failed_events).where(failed))
    for noted in (ocorrencias, passos_venda):
        await _set(tx, noted, _mentions(noted.c.detalhe, titular), detalhe=None)


async def _erase_usuario(tx: Transaction, titular: Titular) -> None:
    usuario_id = titular.usuario_id
    assert usuario_id is not None
    nobody: dict[str, Any] = dict.fromkeys(("email", "tel_whatsapp", "matricula_pap", "senha_pap"), None)
    nobody |= {"nome_completo": APAGADO, "telefone": f"{_GONE}:{usuario_id}", "status_ativo": False}
    nobody |= {"autorizar_venda_sem_auditoria": False, "atualizado_em": tx.now}
    await _set(tx, usuarios, usuarios.c.id == usuario_id, **nobody)
    changed_people.of(tx).add(usuario_id)
    for table in (convites, links_painel, sessoes_painel):
        await tx.execute(delete(table).where(table.c.usuario_id == usuario_id))
    for table in (agent_presence, presence_changes):
        await _set(tx, table, table.c.usuario_id == usuario_id, status_message=None)
    await _set(tx, pap_bo_em_uso, pap_bo_em_uso.c.vendedor_id == usuario_id, telefone=_GONE)
    await _set(tx, execucoes, execucoes.c.executado_por_usuario_id == usuario_id, ip_origem=None, user_agent=None)


def _mentions(column: ColumnElement[Any], titular: Titular) -> ColumnElement[bool]:
    """Holds one of their phone's forms, or what a channel calls them."""
    return or_(false(), *(_holds(column, one) for one in names_of(titular)))


def _holds(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    return cast(column, Text).like(f"%{_escaped(part)}%", escape="\\")


def names_of(titular: Titular) -> Sequence[str]:
    """Numbers and ids that are nobody else's: of seven characters and more, as they stand in JSON."""
    national = [forma.removeprefix("55") for forma in titular.formas]
    every = dict.fromkeys((*titular.formas, *national, *titular.ids))
    return [_as_json(one) for one in every if len(one) >= 7]


def _as_json(said: str) -> str:
    """As it stands within a JSON text."""
    return json.dumps(said, ensure_ascii=False)[1:-1]


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def _set(tx: Transaction, table: Table, condition: ColumnElement[bool], **values: Any) -> None:
    await tx.execute(update(table).where(condition).values(**values))
