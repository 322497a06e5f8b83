"""Examines a processo's file: gathers what is known, lets the witnesses speak, keeps what they said."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.testemunha.conhecido import Conhecido, Documento, Titular
from core.testemunha.exame import DitoDoRobo, Exame, examine
from core.testemunha.lido import Lido, codes_of
from core.testemunha.meses import Mes
from core.testemunha.nomeados import bare
from core.testemunha.texto import Texto
from storage.cliente.clientes import Cliente, cliente_by_id
from storage.exame.exames import Anterior, Vizinho, keep_exame, months_of, neighbours_of, twins_of
from storage.processo.processos import Processo
from storage.transaction import Transaction

_SHORTEST = 3


async def examinar(
    tx: Transaction, processo: Processo, documento_id: UUID, lido: Lido, dito: DitoDoRobo, recebido: date
) -> Exame:
    """The verdict on a file, kept with its codes. `recebido`: the day it came, in the business time zone."""
    known = await gather(tx, processo, lido, recebido)
    exame = examine(lido, known, dito)
    codes = exame.codigos
    await keep_exame(
        tx,
        documento_id,
        codes.digitos | {key.texto for key in codes.chaves},
        veredito=exame.veredito,
        campos=[parecer.as_json() for parecer in exame.campos],
        valor_centavos=None if exame.valor is None else int(exame.valor * 100),
        data_vencimento=exame.vencimento,
        linha=exame.linha,
        referencia=exame.referencia.ano * 100 + exame.referencia.mes if exame.referencia else None,
        favorecidos=sorted(codes.favorecidos),
    )
    return exame


async def gather(tx: Transaction, processo: Processo, lido: Lido, recebido: date) -> Conhecido:
    """What a bill of this processo is held against."""
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    assert cliente is not None, "a processo has a cliente"
    codes = codes_of(lido)
    wanted = codes.digitos | {key.texto for key in codes.chaves}
    months = await months_of(tx.connection, cliente.id, processo.id)
    twins = await twins_of(tx.connection, lido.sha256, wanted, processo.id)
    neighbours = await neighbours_of(tx.connection, processo.operadora_id, cliente.id)
    return Conhecido(
        titular=titular_of(cliente),
        processo_id=str(processo.id),
        mes=Mes.of(processo.mes_ano),
        recebido=recebido,
        outros=_named(neighbours, Texto(lido.paginas)),
        anteriores=_documentos(months, twins),
    )


def titular_of(cliente: Cliente | Vizinho) -> Titular:
    """A cliente, as far as a bill can name it."""
    return Titular(str(cliente.id), cliente.cnpj, cliente.razao_social, cliente.filtro, cliente.servico)


def _named(neighbours: list[Vizinho], text: Texto) -> tuple[Titular, ...]:
    """Those that the bill could name, by a number or the CNPJ; the others are not looked at again."""
    return tuple(titular_of(one) for one in neighbours if one.cnpj in text.cnpjs or _numbers(one) & text.numeros)


def _numbers(one: Vizinho) -> set[str]:
    typed = re.sub("[.() -]", "", f"{one.filtro}\n{one.servico}")
    return {bare(number) for number in re.findall(f"[0-9]{{{_SHORTEST},}}", typed)}


def _documentos(months: list[Anterior], twins: list[tuple[Anterior, str | None]]) -> tuple[Documento, ...]:
    """Each file once, with those of its codes that are this bill's too."""
    shared: dict[Anterior, set[str]] = {one: set() for one in months}
    for one, code in twins:
        shared.setdefault(one, set()).update({code} if code else ())
    return tuple(_documento(one, frozenset(codes)) for one, codes in shared.items())


def _documento(one: Anterior, found: frozenset[str]) -> Documento:
    return Documento(
        str(one.processo_id),
        str(one.cliente_id),
        Mes.of(one.mes_ano),
        one.sha256 or "",
        codigos=found,
        chaves=found,
        valor=None if one.valor_centavos is None else Decimal(one.valor_centavos).scaleb(-2),
        vencimento=one.data_vencimento,
        referencia=Mes.of_digits(str(one.referencia)) if one.referencia else None,
        favorecidos=frozenset(one.favorecidos),
    )
