"""A transcript as rows for a spreadsheet."""

from zoneinfo import ZoneInfo

from core.consultor.protocolos import numero_de
from core.planilha.planilhas import csv_bytes
from dialogs.conversa.documento import detail_of, file_name, is_unsent, speaker
from storage.conversa.tipos import Autor
from storage.conversa.transcricao import Fala, Transcricao

# Names of columns, the same in every language: other programs read them.
COLUMNS = ("protocolo", "quando", "autor", "quem", "tipo", "texto", "arquivo", "detalhe", "editada_em", "enviada")


def transcript_csv(transcricao: Transcricao, zone: ZoneInfo) -> bytes:
    """UTF-8 with BOM, separated by `;`, no cell a formula. Times are of the business zone."""
    return csv_bytes(COLUMNS, (_row(transcricao, fala, zone) for fala in transcricao.falas))


def _row(transcricao: Transcricao, fala: Fala, zone: ZoneInfo) -> list[str]:
    edited = fala.editada_em
    return [
        numero_de(transcricao.protocolo_id),
        f"{fala.quando.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        fala.autor,
        speaker(transcricao, fala),
        fala.tipo,
        fala.texto or "",
        file_name(fala),
        detail_of(fala),
        f"{edited.astimezone(zone):%Y-%m-%d %H:%M:%S}" if edited is not None else "",
        "nao" if is_unsent(fala) or fala.autor == Autor.NOTA else "sim",
    ]
