"""Commands and their rows: what an older release wrote down is still done, and names in rows never change."""

import importlib
import pkgutil
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

import core.commands
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
from core.commands.base import COMMANDS, EVERY, Command, Unreadable, command, params_of, read_command
from core.commands.delegacao import TellDelegacao
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
    UpdateCards,
    WithdrawPergunta,
)
from storage.pessoa.perfil import Perfil

ID = UUID("5f0f6d0e-3d5c-4a53-9a0c-1f2e3d4c5b6a")
OTHER = UUID("7b1e2f3a-4c5d-4e6f-8a9b-0c1d2e3f4a5b")
TEXT = str(ID)

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
    ("pool", "turn", "servir_fila", {}, venda.ServeQueue()),
    ("atendimentos", "turn", "distribuir", {}, atendimento.HandOut()),
    ("atendimentos", "turn", "avisar_supervisores", {"atendimento_id": 5}, atendimento.TellSupervisors(5)),
    ("atendimentos", "turn", "oferta_retirada", {"oferta_id": 8}, atendimento.WithdrawCard(8)),
    ("atendimentos", "turn", "cliente_encerrou", {"atendimento_id": 5}, atendimento.TellCustomerEnded(5)),
    (
        "atendimentos",
        "turn",
        "atendimento_movido",
        {"atendimento_id": 5, "movido": "FILA", "consultor_id": 2, "destino_id": 3, "usuario_id": TEXT},
        atendimento.TellMoved(5, atendimento.Movido.FILA, 2, 3, ID),
    ),
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
    (
        f"documento:{ID}",
        "faturas_trazidas",
        "abrir",
        {"documento_id": TEXT, "contato_id": 4},
        OpenDocumento(ID, 4),
    ),
    ("backup", "backups", "fazer", {"contato_id": 4}, backup.MakeBackup(4)),
    (
        "reprocesso:telegram:77",
        "turn",
        "ouvir_de_novo",
        {"canal": "telegram", "evento": "77"},
        reprocesso.HearAgain("telegram", "77"),
    ),
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
]
EACH = pytest.mark.parametrize(
    ("lane", "target", "method", "params", "meant"), OLD_ROWS, ids=[f"{row[1]}-{row[2]}" for row in OLD_ROWS]
)

# Where who hears of it decides the lane, the writer names it; these come in the conversation's.
LANE_BY_WRITER = (live.PublishEvent, conversa.FollowFailedDelivery, conversa.DropTranscript, atendimento.NoteInCrm)


@EACH
def test_a_row_of_an_older_release_is_read(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    assert read_command(type(meant), params) == meant
    assert (meant.target, meant.written_as) == (target, method)


@EACH
def test_an_older_release_reads_our_rows(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    """Two releases run side by side while one takes over: every name it looks for is there, as it was written."""
    written = params_of(meant)
    assert params.keys() <= written.keys()
    same = {name: value for name, value in written.items() if name in params and name != "quando"}
    assert same == {name: value for name, value in params.items() if name != "quando"}
    if "quando" in params:
        assert datetime.fromisoformat(written["quando"]) == datetime.fromisoformat(params["quando"])


@EACH
def test_what_is_written_is_read_again(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    assert read_command(type(meant), params_of(meant)) == meant


@EACH
def test_a_row_that_says_more_is_read_all_the_same(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    """A field of a later release, or one we no longer have; `to` is put into every call of a person who moved."""
    assert read_command(type(meant), {**params, "to": "5531988804000", "depois": [1]}) == meant


@EACH
def test_it_knows_its_lane(lane: str, target: str, method: str, params: dict[str, Any], meant: Command) -> None:
    in_a_conversation = lane.startswith("contato:") or isinstance(meant, LANE_BY_WRITER)
    assert in_a_conversation or meant.lane == lane


def test_one_customers_notes_stand_in_one_lane() -> None:
    first, second = (atendimento.NoteInCrm(number, contato_id=9) for number in (5, 6))
    assert first.lane == second.lane == "crm:9"


def test_every_command_has_a_row_of_before() -> None:
    """Whoever adds a command adds its row here, and never changes it."""
    for module in pkgutil.iter_modules(core.commands.__path__, "core.commands."):
        importlib.import_module(module.name)
    assert {type(row[-1]) for row in OLD_ROWS} == set(COMMANDS.values())


@pytest.mark.parametrize(
    ("kind", "params", "wrong"),
    [
        (venda.AnswerRobot, {"venda_id": "nobody", "pergunta_id": "q1", "resposta": "11144477735"}, "venda_id"),
        (venda.AnswerRobot, {"venda_id": TEXT, "pergunta_id": 7, "resposta": {"cpf": "11144477735"}}, "resposta"),
        (atendimento.WithdrawCard, {}, "oferta_id"),
    ],
)
def test_one_that_cannot_be_read_says_where_and_not_what(
    kind: type[Command], params: dict[str, Any], wrong: str
) -> None:
    """What it would have said may be a customer's: it comes into no log."""
    with pytest.raises(Unreadable, match=wrong) as refused:
        read_command(kind, params)
    assert "11144477735" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_two_commands_never_share_their_words() -> None:
    with pytest.raises(AssertionError, match="another command already"):

        @command("turn", "servir_fila")
        class Another(Command):
            pass


def test_only_live_events_go_by_many_names() -> None:
    assert [kind for (_, method), kind in COMMANDS.items() if method == EVERY] == [live.PublishEvent]
