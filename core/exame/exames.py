"""Examines a processo's file: gathers what is known, lets the witnesses speak, keeps what they said."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from core.testemunha.conhecido import Conhecido, Documento, Titular
from core.testemunha.exame import DitoDoRobo, Exame, examine
from core.testemunha.lido import Lido, codes_of
from core.testemunha.meses import Mes
from core.testemunha.procura import numbers_of
from core.testemunha.texto import Texto
from storage.cliente.achados import Vizinho, clientes_named
from storage.cliente.clientes import Cliente, cliente_by_id
from storage.exame.exames import Anterior, keep_exame, months_of, twins_of
from storage.processo.processos import Processo
from storage.transaction import Transaction


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
        referencia=exame.referencia.competencia if exame.referencia else None,
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
    text = Texto(lido.paginas)
    numeros, cnpjs = (lido.nota.numeros, {lido.nota.cnpj} - {""}) if lido.nota else (frozenset[str](), set[str]())
    keys = (*numbers_of(text, sorted(numeros)), *sorted(text.circuitos))
    neighbours = await clientes_named(tx.connection, keys, text.cnpjs | cnpjs, processo.operadora_id)
    return Conhecido(
        titular=titular_of(cliente),
        processo_id=str(processo.id),
        mes=Mes.of(processo.mes_ano),
        recebido=recebido,
        outros=tuple(titular_of(one) for one in neighbours if one.id != cliente.id),
        anteriores=_documentos(months, twins),
    )


def titular_of(cliente: Cliente | Vizinho) -> Titular:
    """A cliente, as far as a bill can name it."""
    operadora = cliente.operadora if isinstance(cliente, Vizinho) else ""
    return Titular(str(cliente.id), cliente.cnpj, cliente.razao_social, cliente.filtro, cliente.servico, operadora)


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
