"""A row of each command as a release before wrote it down, and what it means. Rows are added, and never changed.

Those of processos stand in tests/core/processo/rows_of_before.py.
"""

from datetime import UTC, date, datetime
from typing import Any

from core.commands import (
    agendamento,
    atendimento,
    backup,
    contas,
    conversa,
    importacao,
    live,
    presenca,
    relatorio,
    reprocesso,
    venda,
)
from core.commands.base import Command
from core.commands.delegacao import TellDelegacao
from storage.pessoa.perfil import Perfil
from tests.core.processo.rows_of_before import ID, OF_PROCESSOS, OTHER, TEXT

# Rows as the release before commands were types wrote them: lane, target, method, params; and what each one means.
OLD_ROWS: list[tuple[str, str, str, dict[str, Any], Command]] = [
    (f"venda:{ID}", "rpa", "executar_pap", {"venda_id": TEXT}, venda.StartRobot(ID)),
    (
        f"venda:{ID}",
        "rpa",
        "responder",
        {"venda_id": TEXT, "pergunta_id": "q1", "resposta": "11144477735"},
        venda.AnswerRobot(ID, "q1", "11144477735"),
    ),
    (f"venda:{ID}", "rpa", "cancelar", {"venda_id": TEXT}, venda.StopRobot(ID)),
    (
        "job:job-7",
        "turn",
        "evento_do_robo",
        {"event": "job.progress", "job_id": "job-7", "seq": 3, "data": {"etapa": "login", "percentual": 10}},
        venda.HandleRobotEvent("job.progress", "job-7", {"etapa": "login", "percentual": 10}, 3),
    ),
    (f"aviso:{ID}", "turn", "venda_encerrada", {"venda_id": TEXT}, venda.TellEnd(ID)),
    (f"aviso:{ID}", "turn", "venda_tentando_novamente", {"venda_id": TEXT}, venda.TellDelay(ID)),
    (f"aviso:{ID}", "turn", "login_expirado", {"venda_id": TEXT, "epoch": 12}, venda.EndExpired(ID, 12)),
    (
        "conta:telegram",
        "turn",
        "conta_do_canal",
        {"canal": "telegram", "codigo": "401", "parada": True},
        contas.TellAccount("telegram", "401", parada=True),
    ),
    (
        "conta:whatsapp",
        "turn",
        "aviso_da_meta",
        {"canal": "whatsapp", "modelo": "retomar", "evento": "PAUSED"},
        contas.TellNotice("whatsapp", "retomar", "PAUSED"),
    ),
    ("pool", "turn", "servir_fila", {}, venda.ServeQueue()),
    ("atendimentos", "turn", "distribuir", {}, atendimento.HandOut()),
    ("atendimentos", "turn", "avisar_supervisores", {"atendimento_id": 5}, atendimento.TellSupervisors(5)),
    ("atendimentos", "turn", "oferta_retirada", {"oferta_id": 8}, atendimento.WithdrawCard(8)),
    ("atendimentos", "turn", "passar_cartao", {"oferta_id": 8}, atendimento.PassCard(8)),
    ("atendimentos", "turn", "cliente_encerrou", {"atendimento_id": 5}, atendimento.TellCustomerEnded(5)),
    (
        "atendimentos",
        "turn",
        "cliente_bloqueou",
        {"atendimento_id": 5, "reachable": True},
        atendimento.TellBlocked(5, reachable=True),
    ),
    (
        "atendimentos",
        "turn",
        "atendimento_movido",
        {"atendimento_id": 5, "movido": "FILA", "consultor_id": 2, "destino_id": 3, "usuario_id": TEXT},
        atendimento.TellMoved(5, atendimento.Movido.FILA, 2, 3, ID),
    ),
    ("atendimentos", "turn", "avisar_sem_nota", {"atendimento_id": 5}, atendimento.TellNotNoted(5)),
    ("crm:9", "pipedrive", "atendimento", {"atendimento_id": 5}, atendimento.NoteInCrm(5)),
    (f"arquivo:{ID}", "files", "fetch", {"arquivo_id": TEXT}, conversa.FetchFile(ID)),
    (
        "contato:4",
        "files",
        "fetch",
        {"arquivo_id": TEXT, "de_atendimento": True},
        conversa.FetchFile(ID, de_atendimento=True),
    ),
    (
        f"arquivo:{ID}",
        "files",
        "fetch",
        {"arquivo_id": TEXT, "de_atendimento": True, "mensagem_id": 7},
        conversa.FetchFile(ID, de_atendimento=True, mensagem_id=7),
    ),
    ("mensagem:7", "turn", "arquivo_atrasado", {"mensagem_id": 7}, conversa.BringLateFile(7)),
    (
        "mensagem:7",
        "turn",
        "arquivo_atrasado",
        {"mensagem_id": 7, "contato_id": 4},
        conversa.BringLateFile(7, contato_id=4),
    ),
    (f"arquivo:{ID}", "turn", "arquivo_guardado", {"arquivo_id": TEXT}, conversa.TellFetched(ID)),
    (
        "mensagem:7",
        "turn",
        "mensagem_recusada",
        {"mensagem_id": 7, "codigo": "131026"},
        conversa.TellRefusal(7, "131026"),
    ),
    (
        "contato:4",
        "turn",
        "entrega_falhou",
        {"provider_id": "wamid.A", "codigo": "failed"},
        conversa.FollowFailedDelivery("wamid.A", "failed"),
    ),
    (
        "transcricao:4",
        "transcricoes",
        "fazer",
        {"contato_id": 4, "atendimento_id": 5, "formato": "csv", "idioma": "pt_BR", "topico": "17"},
        conversa.MakeTranscript(4, 5, conversa.FormatoTranscricao.CSV, "pt_BR", "17"),
    ),
    (
        "relatorio:4",
        "relatorios",
        "mes",
        {"contato_id": 4, "idioma": "pt_BR", "mes_ano": "11/2026"},
        relatorio.MakeRelatorioMes(4, "pt_BR", "11/2026"),
    ),
    (
        "relatorio:4",
        "relatorios",
        "equipe",
        {"contato_id": 4, "idioma": "en", "assunto": "vendas", "de": "2026-11-01", "ate": "2026-11-30"},
        relatorio.MakeRelatorioEquipe(4, "en", "vendas", date(2026, 11, 1), date(2026, 11, 30)),
    ),
    (
        "relatorio:4",
        "relatorios",
        "fechamento",
        {"contato_id": 4, "idioma": "pt_BR", "mes_ano": "11/2026", "message_id": 9},
        relatorio.MakeFechamento(4, "pt_BR", "11/2026", 9),
    ),
    (
        "relatorio:4",
        "relatorios",
        "fechamento_pdf",
        {"contato_id": 4, "idioma": "es", "mes_ano": "11/2026"},
        relatorio.MakeFechamentoPdf(4, "es", "11/2026"),
    ),
    (
        f"arquivo:{ID}",
        "importacoes",
        "olhar",
        {"arquivo_id": TEXT, "o_que": "clientes"},
        importacao.LookAtPlanilha(ID, "clientes"),
    ),
    (
        "importacao:7",
        "importacoes",
        "linhas",
        {"importacao_id": 7, "idioma": "es"},
        importacao.ListImportacao(7, "es"),
    ),
    ("importacoes", "importacoes", "importar", {"importacao_id": 7}, importacao.RunImportacao(7)),
    ("backup", "backups", "fazer", {"contato_id": 4}, backup.MakeBackup(4)),
    ("backup:prova", "backups", "provar", {"nome": "b1", "contato_id": 4}, backup.ProveBackup("b1", 4)),
    (
        "reprocesso:telegram:77",
        "turn",
        "ouvir_de_novo",
        {"canal": "telegram", "evento": "77"},
        reprocesso.HearAgain("telegram", "77"),
    ),
    (
        "sem_resposta:telegram:77",
        "turn",
        "avisar_sem_resposta",
        {"canal": "telegram", "evento": "77"},
        reprocesso.TellUnanswered("telegram", "77"),
    ),
    ("desistidos", "turn", "avisar_desistidos", {}, reprocesso.TellGivenUp()),
    (
        f"agendamento:{ID}",
        "agendamentos",
        "executar",
        {"agendamento_id": str(ID), "execucao_id": str(ID)},
        agendamento.RunAgendamento(ID, ID),
    ),
    (
        f"aviso_agendamento:{ID}",
        "turn",
        "aviso_agendamento",
        {"usuario_id": str(ID), "agendamento_id": str(ID), "execucao_id": str(ID), "aviso": "falhou"},
        agendamento.TellAgendamento(ID, ID, ID, agendamento.Aviso.FALHOU),
    ),
    # Before there were topics.
    (
        "transcricao:4",
        "transcricoes",
        "fazer",
        {"contato_id": 4, "atendimento_id": 5, "formato": "pdf", "idioma": "es"},
        conversa.MakeTranscript(4, 5, conversa.FormatoTranscricao.PDF, "es"),
    ),
    (
        "contato:4",
        "transcricoes",
        "apagar",
        {"object_key": "transcricoes/9.csv"},
        conversa.DropTranscript("transcricoes/9.csv"),
    ),
    (
        f"presenca:{ID}",
        "turn",
        "presenca",
        {"usuario_id": TEXT, "motivo": "de_volta", "quando": "2025-10-11T21:00:00.123456+00:00"},
        presenca.FollowUpPresenca(ID, presenca.Motivo.DE_VOLTA, datetime(2025, 10, 11, 21, 0, 0, 123456, UTC)),
    ),
    (
        "relatorio:4",
        "relatorios",
        "presenca",
        {"contato_id": 4, "usuario_id": None, "idioma": "pt_BR"},
        presenca.MakePresencaReport(4, "pt_BR"),
    ),
    (
        "relatorio:4",
        "relatorios",
        "presenca",
        {"contato_id": 4, "usuario_id": TEXT, "idioma": "en"},
        presenca.MakePresencaReport(4, "en", ID),
    ),
    (
        "relatorio:9",
        "relatorios",
        "mes",
        {"contato_id": 9, "idioma": "pt_BR", "mes_ano": "11/2026", "agendado": True},
        relatorio.MakeRelatorioMes(9, "pt_BR", "11/2026", True),
    ),
    (
        f"telefone:{ID}",
        "turn",
        "telefone_em_duvida",
        {"contato_id": 9, "usuario_id": TEXT, "motivo": "outra_conta"},
        contas.TellDuvida(9, ID, "outra_conta"),
    ),
    (
        "titular:9",
        "turn",
        "pedido_do_titular",
        {"contato_id": 9, "pedido": "pedido_de_apagar"},
        contas.TellTitular(9, "pedido_de_apagar"),
    ),
    ("delegacao:7", "turn", "avisar_delegacao", {"delegacao_id": 7}, TellDelegacao(7)),
    (
        f"live:venda:{ID}",
        "live",
        "venda_iniciada",
        {
            "chave": "0" * 32,
            "event": "venda_iniciada",
            "data": {"venda_id": TEXT, "status_venda": "INICIANDO"},
            "perfis": ["ADMINISTRADOR"],
            "usuario_ids": [str(OTHER)],
        },
        live.PublishEvent(
            "0" * 32,
            "venda_iniciada",
            {"venda_id": TEXT, "status_venda": "INICIANDO"},
            (Perfil.ADMINISTRADOR,),
            (OTHER,),
        ),
    ),
    (
        "live:pool",
        "live",
        "varios",
        {
            "events": [
                {
                    "chave": "0" * 32,
                    "event": "login_liberado",
                    "data": {"bo_usuario_id": TEXT},
                    "perfis": ["ADMINISTRADOR"],
                    "usuario_ids": [],
                }
            ]
        },
        live.PublishEvents(
            (live.PublishEvent("0" * 32, "login_liberado", {"bo_usuario_id": TEXT}, (Perfil.ADMINISTRADOR,)),)
        ),
    ),
    *OF_PROCESSOS,
]
