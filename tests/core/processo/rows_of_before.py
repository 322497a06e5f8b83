"""The rows of tests/core/rows_of_before.py that are of processos: their robots, their invoices, who decides on them."""

from datetime import date
from typing import Any
from uuid import UUID

from core.commands.base import Command
from core.commands.processo import (
    AnswerExecucao,
    AskPergunta,
    Aviso,
    FetchFatura,
    HearNota,
    IdentifyFatura,
    OpenDocumento,
    RemindApprover,
    ShowAndamento,
    ShowFatura,
    StartExecucao,
    StopExecucao,
    StoreDocumento,
    TakeFatura,
    TellMissing,
    TellNobodyApproves,
    TellNota,
    TellProcesso,
    TellUnsent,
    UpdateCards,
    WithdrawPergunta,
)

ID = UUID("5f0f6d0e-3d5c-4a53-9a0c-1f2e3d4c5b6a")
OTHER = UUID("7b1e2f3a-4c5d-4e6f-8a9b-0c1d2e3f4a5b")
TEXT = str(ID)

OF_PROCESSOS: list[tuple[str, str, str, dict[str, Any], Command]] = [
    (
        f"arquivo:{ID}",
        "faturas_trazidas",
        "identificar",
        {"arquivo_id": TEXT, "na_tela": str(OTHER)},
        IdentifyFatura(ID, OTHER),
    ),
    (
        f"arquivo:{ID}",
        "faturas_trazidas",
        "receber",
        {"arquivo_id": TEXT, "processo_id": str(OTHER)},
        TakeFatura(ID, OTHER),
    ),
    (
        f"documento:{ID}",
        "faturas_trazidas",
        "abrir",
        {"documento_id": TEXT, "contato_id": 4},
        OpenDocumento(ID, 4),
    ),
    (f"execucao:{ID}", "rpa", "executar_execucao", {"execucao_id": TEXT}, StartExecucao(ID)),
    (f"execucao:{ID}", "rpa", "cancelar_execucao", {"execucao_id": TEXT}, StopExecucao(ID)),
    (f"fatura:{ID}", "faturas", "buscar", {"execucao_id": TEXT}, FetchFatura(ID)),
    (f"documento:{ID}", "faturas", "ouvir_nota", {"documento_id": TEXT}, HearNota(ID)),
    (f"nota:{ID}", "turn", "avisar_nota", {"documento_id": TEXT}, TellNota(ID)),
    (f"cartoes:{ID}", "turn", "cartoes_aprovacao", {"processo_id": TEXT}, UpdateCards(ID)),
    ("mostrar:4", "turn", "mostrar_fatura", {"contato_id": 4, "processo_id": TEXT}, ShowFatura(4, ID)),
    ("pergunta:7", "turn", "perguntar_do_robo", {"pergunta": 7}, AskPergunta(7)),
    (
        "recolher:4",
        "turn",
        "recolher_pergunta",
        {"pergunta": 7, "contato_id": 4, "message_id": -12},
        WithdrawPergunta(7, 4, -12),
    ),
    (
        f"execucao:{ID}",
        "rpa",
        "responder_execucao",
        {"execucao_id": TEXT, "pergunta": 7, "pergunta_id": "q1"},
        AnswerExecucao(ID, 7, "q1"),
    ),
    (f"andamento:{ID}", "turn", "mostrar_andamento", {"execucao_id": TEXT}, ShowAndamento(ID)),
    (f"documento:{ID}", "armazenamento", "guardar", {"documento_id": TEXT}, StoreDocumento(ID)),
    (
        f"aviso:{ID}",
        "turn",
        "avisar_processo",
        {"execucao_id": TEXT, "aviso": "FALHOU"},
        TellProcesso(ID, Aviso.FALHOU),
    ),
    (f"cartoes:{ID}", "turn", "sem_aprovador", {"processo_id": TEXT}, TellNobodyApproves(ID)),
    ("lembrete:7", "turn", "lembrar_aprovador", {"contato_id": 7}, RemindApprover(7)),
    (
        "envios_parados",
        "turn",
        "envios_parados",
        {"dia": "2026-11-29", "ids": [TEXT]},
        TellUnsent(date(2026, 11, 29), (ID,)),
    ),
    (
        "faltas",
        "turn",
        "faturas_que_faltam",
        {"dia": "2026-11-29", "total": 1, "valor": 12345, "ids": [TEXT], "esperadas": ["2026-11-12"]},
        TellMissing(date(2026, 11, 29), 1, 12345, (ID,), (date(2026, 11, 12),)),
    ),
    (
        f"arquivo:{ID}",
        "faturas_trazidas",
        "identificar",
        {"arquivo_id": TEXT, "na_tela": str(OTHER)},
        IdentifyFatura(ID, OTHER),
    ),
    (
        f"arquivo:{ID}",
        "faturas_trazidas",
        "receber",
        {"arquivo_id": TEXT, "processo_id": str(OTHER), "tipo": "FATURA"},
        TakeFatura(ID, OTHER),
    ),
    (
        f"documento:{ID}",
        "faturas_trazidas",
        "abrir",
        {"documento_id": TEXT, "contato_id": 4, "text": "1234"},
        OpenDocumento(ID, 4, "1234"),
    ),
]
