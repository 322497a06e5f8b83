"""Whether it came before: the same file, the same 44 digits, the same NFCom key, or the same value and due date."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.testemunha.conhecido import Conhecido, Documento
from core.testemunha.lido import Codigos, Lido
from core.testemunha.parecer import Campo, Motivo, Parecer, Veredito


def judge_duplicada(
    lido: Lido, codes: Codigos, known: Conhecido, valor: Decimal | None, vencimento: date | None
) -> Parecer:
    """The verdict: `DIVERGE` names the twins' processos in `refere`.

    Documents of this same processo are no twins: a slip and its detailed bill share their codes. Account and
    subscription numbers are no keys, for they are the same each month.
    """
    reasons: dict[Motivo, None] = {}
    twins: dict[str, None] = {}
    for document in known.anteriores:
        if document.processo_id == known.processo_id:
            continue
        for reason in _same(document, lido, codes, known, valor, vencimento):
            reasons[reason] = None
            twins[document.processo_id] = None
    verdict = Veredito.DIVERGE if reasons else Veredito.CONFERE
    return Parecer(Campo.DUPLICADA, verdict, None, (), tuple(reasons), tuple(twins))


def _same(
    document: Documento, lido: Lido, codes: Codigos, known: Conhecido, valor: Decimal | None, vencimento: date | None
) -> Iterator[Motivo]:
    if document.sha256 and document.sha256 == lido.sha256:
        yield Motivo.MESMO_ARQUIVO
    if document.codigos & codes.digitos:
        yield Motivo.MESMO_CODIGO
    if document.chaves & {key.texto for key in codes.chaves}:
        yield Motivo.MESMA_NOTA
    if (
        valor is not None
        and vencimento is not None
        and (document.cliente_id, document.valor, document.vencimento) == (known.titular.cliente_id, valor, vencimento)
    ):
        yield Motivo.MESMO_VALOR_E_VENCIMENTO
