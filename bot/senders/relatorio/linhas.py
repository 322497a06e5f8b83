"""One processo as the cells of a row; the same columns in CSV and in the workbook."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from storage.relatorio.mes import LinhaMes

Cell = str | int | bool | Decimal | date | datetime | None

# Names of columns, the same in every language: other programs read them.
COLUMNS = (
    "processo", "operadora", "razao_social", "cnpj", "filtro", "unidade", "status_processo", "valor_fatura",
    "valor_anterior", "data_vencimento", "recebida_em", "data_aprovacao", "aprovada_por", "data_envio_sat",
    "tentativas_download", "upload_manual", "atrasada", "operadora_nome",
)  # fmt: skip


def cells_of(linha: LinhaMes, late: bool, zone: ZoneInfo) -> tuple[Cell, ...]:
    """Its cells in the order of `COLUMNS`: money in reais, moments in the business zone without their offset."""
    return (
        str(linha.id), linha.codigo, linha.razao_social, linha.cnpj, linha.filtro, linha.unidade,
        linha.status_processo, _reais(linha.valor_centavos), _reais(linha.anterior_centavos), linha.data_vencimento,
        _local(linha.recebida_em, zone), _local(linha.data_aprovacao, zone), linha.aprovada_por,
        _local(linha.data_envio_sat, zone), linha.tentativas_download, linha.upload_manual, late,
        linha.operadora,
    )  # fmt: skip


def _reais(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None)
