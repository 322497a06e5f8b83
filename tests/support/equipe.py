"""A day of a team: sales that went well and badly, customers attended, logins in use, people who were there."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from storage.contatos.conversas import add_contato
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.tables import (
    agent_presence,
    atendimentos,
    consultores,
    pap_bo_em_uso,
    presence_changes,
    protocolos,
    vendas,
)
from storage.transaction import Transaction

# A Friday in São Paulo; sales of the evening are of the next day in UTC.
DIA = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
NOITE = datetime.fromisoformat("2026-11-28T01:30:00+00:00")


async def pessoa(tx: Transaction, nome: str, perfil: Perfil) -> UUID:
    usuario_id = uuid4()
    row = {"id": usuario_id, "nome_completo": nome, "telefone": f"55319{usuario_id.int % 10**8:08d}"}
    await add_usuario(tx, row | {"perfil_usuario": perfil})
    return usuario_id


async def conversa(tx: Transaction, nome: str) -> int:
    found = await add_contato(tx, "whatsapp", uuid4().hex, nome=nome)
    return found.id


async def uma_venda(tx: Transaction, quem: UUID, contato_id: int, quando: datetime, **values: Any) -> UUID:
    """One that has ended, as `values` say."""
    venda_id = uuid4()
    row = {"id": venda_id, "usuario_id": quem, "contato_id": contato_id, "criada_em": quando, "atualizada_em": quando}
    await tx.execute(insert(vendas).values(row | {"encerrada_em": quando + timedelta(minutes=9)} | values))
    return venda_id


async def uma_equipe(tx: Transaction) -> None:
    """Ana sells 2 of 4, Bia none of 1 in the evening; Caio attends 2 and nobody 1; one login is used for 30 minutes."""
    ana, bia = await pessoa(tx, "Ana Souza", Perfil.VENDEDOR), await pessoa(tx, "Bia Reis", Perfil.VENDEDOR)
    login = await pessoa(tx, "Bo Um", Perfil.BACKOFFICE)
    contato_id = await conversa(tx, "Ana")
    ok, failed = {"status_venda": "CONCLUIDO"}, {"status_venda": "FALHOU", "erro": {"codigo": "PORTAL_FORA"}}
    for minutes, values in ((0, ok), (20, ok), (40, failed)):
        first = await uma_venda(tx, ana, contato_id, DIA + timedelta(minutes=minutes), **values)
    await uma_venda(tx, ana, contato_id, DIA + timedelta(minutes=60), status_venda="CANCELADO")
    await uma_venda(tx, bia, contato_id, NOITE, status_venda="TIMEOUT")
    used = {"bo_usuario_id": login, "vendedor_id": ana, "telefone": "5531", "venda_id": first, "epoch": 1}
    until = DIA + timedelta(minutes=45)
    moments = {"desde": DIA + timedelta(minutes=15), "expira_em": until, "liberado_em": until}
    await tx.execute(insert(pap_bo_em_uso).values(used | moments))
    caio = await pessoa(tx, "Caio Lima", Perfil.CONSULTOR)
    row = {"id": 1, "nome": "Caio Lima", "idiomas": ["pt"], "usuario_id": caio, "criado_em": DIA, "atualizado_em": DIA}
    await tx.execute(insert(consultores).values(row))
    await _atendido(tx, 1, consultor_id=1, avaliacao=5, espera=2, duracao=10)
    await _atendido(tx, 2, consultor_id=1, avaliacao=4, espera=4, duracao=20)
    await _atendido(tx, 3, consultor_id=None, avaliacao=None, espera=None, duracao=None)
    shown = {"status": "offline", "via": "chat", "announced": "offline", "status_changed_at": DIA}
    await tx.execute(insert(agent_presence).values(usuario_id=caio, **shown))
    for hours, status in ((0, "online"), (2, "busy"), (3, "offline")):
        change = {"usuario_id": caio, "status": status, "via": "chat", "quando": DIA + timedelta(hours=hours)}
        await tx.execute(insert(presence_changes).values(change))


async def _atendido(
    tx: Transaction, number: int, *, consultor_id: int | None, avaliacao: int | None, espera: int | None,
    duracao: int | None,
) -> None:  # fmt: skip
    accepted = None if espera is None else DIA + timedelta(minutes=espera)
    ended = (accepted or DIA) + timedelta(minutes=duracao or 1)
    await tx.execute(insert(protocolos).values(id=number, created_at=DIA))
    row = {
        "id": number, "protocolo_id": number, "contato_id": await conversa(tx, f"Cliente {number}"), "idioma": "pt",
        "status": "ENCERRADO", "consultor_id": consultor_id, "na_fila_desde": DIA, "criado_em": DIA,
        "aceito_em": accepted, "encerrado_em": ended, "encerrado_por": "CONSULTOR", "avaliacao": avaliacao,
    }  # fmt: skip
    await tx.execute(insert(atendimentos).values(row))
