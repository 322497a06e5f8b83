"""One person's phone and name within what is others': taken out of the text, and the rest of it stays.

What people typed about somebody stands in conversations, reasons, results of robots, which are not theirs to erase.
"""

import json
import re
import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, Text, cast, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.lgpd.titular import Titular
from storage.tables import (
    agendamentos,
    agent_presence,
    aprovacoes,
    arquivos,
    atendimentos,
    contatos,
    execucoes,
    execucoes_agendamento,
    historico,
    logs_compactados,
    logs_execucao,
    logs_venda,
    mensagens,
    ocorrencias,
    outbox,
    passos_venda,
    perguntas_execucao,
    presence_changes,
    processos,
    respostas_rapidas,
    vendas,
)
from storage.transaction import Transaction

IN_ITS_PLACE = "(apagado)"
# Columns in which somebody may have typed, or a robot said, whose phone it is.
_SAYING: dict[Table, tuple[str, ...]] = {
    agendamentos: ("nome_agendamento", "descricao"),
    agent_presence: ("status_message",),
    aprovacoes: ("motivo",),
    arquivos: ("nome", "legenda", "sugestoes", "erro"),
    atendimentos: ("comentario",),
    contatos: ("state_data", "choices"),
    execucoes: ("parametros_entrada", "resultado_saida", "detalhes_erro", "progresso", "mensagem_log"),
    execucoes_agendamento: ("resultado", "erro"),
    historico: ("motivo", "detalhe"),
    logs_execucao: ("message",),
    logs_venda: ("message",),
    mensagens: ("texto", "detalhe"),
    ocorrencias: ("detalhe",),
    outbox: ("error",),
    passos_venda: ("detalhe",),
    perguntas_execucao: ("pergunta",),
    presence_changes: ("status_message",),
    processos: ("motivo_rejeicao",),
    respostas_rapidas: ("texto",),
    # The number of the order is the contract's, and stays.
    vendas: ("pergunta", "progresso", "resultado", "erro"),
}
# Here the bot itself writes names: of a question that is open, on buttons that were shown.
_NAMING = frozenset({contatos})
_AT_ONCE = 200
# Area code and number of a Brazilian mobile, the ninth digit or not.
_MOBILE = re.compile(r"55([1-9][1-9])9?([6-9][0-9]{3})([0-9]{4})")


async def erase_mentions(tx: Transaction, titular: Titular) -> None:
    """Take their phone, however it is written, out of what others wrote, and out of schedules' recipients."""
    for table, names in _SAYING.items():
        hidden = _hider(titular, named=table in _NAMING)
        for name in names:
            await _erase_in(tx, table.c[name], _holds(table.c[name], titular), hidden)
    await _erase_packed(tx, _hider(titular, named=False))
    await _erase_recipient(tx, titular)


async def mentions_of(connection: AsyncConnection, titular: Titular) -> dict[str, int]:
    """How many rows of others say their phone, by table. What those say is of others, too, and is not given out."""
    counts: dict[str, int] = {}
    hidden = _hider(titular, named=False)
    for table, names in _SAYING.items():
        for name in names:
            rows = await connection.execute(select(table.c[name].label("said")).where(_holds(table.c[name], titular)))
            counts[table.name] = counts.get(table.name, 0) + sum(_within(row.said, hidden) != row.said for row in rows)
    packed = await connection.execute(select(logs_compactados.c.conteudo))
    unpacked = (zlib.decompress(row.conteudo).decode() for row in packed)
    counts[logs_compactados.name] = sum(hidden(said) != said for said in unpacked)
    schedules = (await connection.execute(select(agendamentos.c.parametros_execucao))).scalars()
    counts[agendamentos.name] += sum(_left(parametros, titular) != parametros.get("para") for parametros in schedules)
    return {name: count for name, count in counts.items() if count}


async def _erase_in(
    tx: Transaction, column: "Column[Any]", holds: ColumnElement[bool], hidden: Callable[[str], str]
) -> None:
    table = column.table
    assert isinstance(table, Table)
    key = list(table.primary_key.columns)
    for row in (await tx.execute(select(*key, column.label("said")).where(holds))).all():
        cleaned = _within(row.said, hidden)
        if cleaned != row.said:
            its = [one == getattr(row, one.name) for one in key]
            await tx.execute(update(table).where(*its).values({column.name: cleaned}))


async def _erase_packed(tx: Transaction, hidden: Callable[[str], str]) -> None:
    """Lines of robots that lie packed, some hundred rows at a time."""
    columns = logs_compactados.c
    last = None
    while True:
        some = select(columns.execucao_id, columns.conteudo).order_by(columns.execucao_id).limit(_AT_ONCE)
        rows = (await tx.execute(some if last is None else some.where(columns.execucao_id > last))).all()
        for row in rows:
            said = zlib.decompress(row.conteudo).decode()
            if (cleaned := hidden(said)) != said:
                its = update(logs_compactados).where(columns.execucao_id == row.execucao_id)
                await tx.execute(its.values(conteudo=zlib.compress(cleaned.encode())))
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].execucao_id


async def _erase_recipient(tx: Transaction, titular: Titular) -> None:
    """A report that is for nobody else is sent no more."""
    rows = (await tx.execute(select(agendamentos.c.id, agendamentos.c.parametros_execucao))).all()
    for row in rows:
        left = _left(row.parametros_execucao, titular)
        if left != row.parametros_execucao.get("para"):
            values = {"parametros_execucao": {**row.parametros_execucao, "para": left}, "atualizado_em": tx.now}
            its = update(agendamentos).where(agendamentos.c.id == row.id)
            await tx.execute(its.values(values if left else values | {"status_ativo": False}))


def _left(parametros: dict[str, Any], titular: Titular) -> list[Any] | None:
    """For whom a report is without them; None where a schedule is for nobody in particular."""
    para = parametros.get("para")
    return None if para is None else [one for one in para if re.sub(r"\D", "", str(one)) not in _digits(titular)]


def _digits(titular: Titular) -> set[str]:
    return {part for forma in titular.formas for part in (forma, forma.removeprefix("55"))}


def _holds(column: "Column[Any]", titular: Titular) -> ColumnElement[bool]:
    patterns = _patterns(titular, named=column.table in _NAMING)
    return or_(*(cast(column, Text).like(one, escape="\\") for one in patterns))


def _patterns(titular: Titular, *, named: bool) -> list[str]:
    """What may hold it, to LIKE: both halves of the number; what is between them is looked at afterwards."""
    mobile = [found for forma in titular.formas if (found := _MOBILE.fullmatch(forma))]
    numbers = [f"%{found[2]}%{found[3]}%" for found in mobile] or [f"%{forma}%" for forma in titular.formas]
    return [*dict.fromkeys(numbers), *(f"%{_like(one)}%" for one in (_names(titular) if named else ()))]


def _hider(titular: Titular, *, named: bool) -> Callable[[str], str]:
    """Puts the same words in the place of every writing of their phone, and of their whole name where asked."""
    parts = [_writing(forma) for forma in titular.formas]
    if named:
        parts += [re.escape(one) for one in _names(titular)]
    found = re.compile("|".join(dict.fromkeys(parts)))
    return lambda text: found.sub(IN_ITS_PLACE, text)


def _writing(forma: str) -> str:
    """`5531988806002` as people write it: `(31) 98880-6002`, `+55 31 8880 6002`, `31988806002`, `98880-6002`."""
    mobile = _MOBILE.fullmatch(forma)
    if mobile is None:
        return rf"(?<!\d)\+?{forma}(?!\d)"
    ddd, first, last = mobile.groups()
    between = r"[\s.\-]{0,2}"
    return rf"(?<!\d)(?:\+?55{between})?(?:\(?0?{ddd}\)?{between})?(?:9{between})?{first}{between}{last}(?!\d)"


def _names(titular: Titular) -> list[str]:
    """Of two words and more: another one may have the first name."""
    return [one for one in titular.registrados if " " in one.strip()]


def _like(name: str) -> str:
    said = json.dumps(name, ensure_ascii=False)[1:-1]
    return said.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _within(value: Any, hidden: Callable[[str], str]) -> Any:
    """The same, with every text in it cleaned; a number that is the phone is none any more."""
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, dict):
        return {hidden(name): _within(one, hidden) for name, one in value.items()}
    if isinstance(value, list):
        return [_within(one, hidden) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and hidden(str(value)) != str(value):
        return None
    return value
