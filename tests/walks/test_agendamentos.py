"""AGENDAMENTOS in chat: a schedule made a tap at a time, read back before it is made, run, paused, removed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bot.agendamento.tarefas import Corrida, make_tarefas
from core.agendamento.agendamentos import criar as novo_agendamento
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.commands.relatorio import MakeRelatorioMes
from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from core.testemunha.meses import Mes
from sandbox import Phone
from storage.agendamento.tipos import TipoAgendamento
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.consultores import CHANNELS
from tests.support.faturas import LIMITS, fatura, nova_operadora, novo_cliente
from tests.support.sellers import eventually
from tests.support.service import RunningService

ADM = ("Adm Silva", "5531999990000")


async def administrator(service: RunningService, channel: str = "whatsapp") -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


async def made(adm: Phone) -> None:
    """A daily backup at half past two."""
    await adm.says("AGENDAMENTOS")
    await adm.sees("Ainda não há agendamentos")
    await adm.taps("Novo agendamento")
    await adm.sees("O que agendar?")
    await adm.taps("Backup diário do banco")
    await adm.sees("Em que dias?")
    await adm.taps("Todo dia")
    await adm.sees("A que horas?")
    await adm.says("de madrugada")
    await adm.sees("Não entendi a hora")
    await adm.says("2h30")
    await adm.sees("todo dia às 02:30")
    await adm.taps("Criar")
    await adm.sees("Agendamento criado.")


async def test_a_schedule_that_is_spoken_of_is_shown_and_nothing_is_done(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await made(adm)
    await adm.says("AGENDAMENTOS")
    await adm.sees("Agendamentos:")
    for said in ("pausa o backup", "pausa o das 2 e meia", "para a rotina do backup", "exclui o agendamento do backup"):
        await adm.says(said)
        await adm.sees("Ainda não mudei nada. É este?")
    await adm.says("AGENDAMENTOS")
    await adm.sees("Agendamentos:")
    await adm.says("muda o das 2:30 pras 9")
    await adm.sees("O horário de um agendamento não muda por aqui, e nada mudou")
    await adm.taps("Pausar")
    await adm.sees("Pausado.")


async def test_what_is_left_out_of_a_schedule_is_asked(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("agenda o backup pras 3 da manhã")
    await adm.sees("dia")
    await adm.says("todo dia")
    await adm.sees("todo dia às 03:00")
    await adm.says("não")
    await adm.sees("nenhum agendamento foi criado")
    await adm.says("agenda um backup")
    for said, then in (("toda sexta", "A que hora?"), ("às 22h", "sexta às 22:00")):
        await adm.says(said)
        await adm.sees(then)
    await adm.says("não")
    await adm.sees("nenhum agendamento foi criado")
    await adm.says("agenda um backup")
    await adm.sees("Em que dias?")
    await adm.says("não")
    await adm.sees("nenhum agendamento foi criado")
    await adm.says("novidades?")
    await adm.sees("Nada parado.")
    await adm.says("libera o da ana")
    await adm.sees("Nenhum acesso está em uso por Ana.")


@CHANNELS
async def test_made_run_paused_and_removed(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await made(adm)
    await adm.taps("Executar agora")
    await adm.sees("Começando agora")
    await adm.sees("Backup diário do banco, todo dia às 02:30: concluído", timeout=30)
    await adm.taps("Ver agendamento")
    await adm.sees("concluída")
    await adm.taps("Pausar")
    await adm.sees("Pausado.")
    await adm.taps("Retomar")
    await adm.sees("Retomado.")
    await adm.taps("Excluir")
    await adm.sees("Excluir Backup")
    await adm.says("pode excluir")
    await adm.sees("Agendamento excluído.")
    assert await service.rows("SELECT 1 FROM execucoes_agendamento") == []


async def test_it_runs_when_it_is_due_and_a_missed_run_is_said(sqlite_service: RunningService) -> None:
    # From a noon to one, whatever o'clock it is while this runs: half past two is hours ago, and was once between.
    now = sqlite_service.clock().astimezone(sqlite_service.settings.zone)
    sqlite_service.clock.move(seconds=(now.replace(hour=12) + timedelta(days=1) - now).total_seconds())
    adm = await administrator(sqlite_service)
    await made(adm)
    sqlite_service.clock.move(days=2)
    # On WhatsApp nothing is said to whoever has been silent for 24 hours.
    await adm.says("AGENDAMENTOS")
    await adm.sees("Backup diário do banco")
    await sqlite_service.clock_work.agendamentos.run_schedules()
    await adm.sees("começa agora, atrasada")
    (run,) = await sqlite_service.rows("SELECT puladas FROM execucoes_agendamento")
    assert run["puladas"] == 1


@pytest.mark.falha(463)
async def test_a_run_that_is_made_up_late_is_of_the_month_in_which_it_was_due(sqlite_service: RunningService) -> None:
    """Due at the end of a month, done when the next one has begun: the service was away for half an hour."""
    service, zone = sqlite_service, sqlite_service.settings.zone
    await service.wiring.turns.run(_monthly)
    now = service.clock().astimezone(zone)
    first = (now.replace(day=1, hour=0, minute=20) + timedelta(days=32)).replace(day=1)
    service.clock.move(seconds=(first - now).total_seconds())
    await service.clock_work.agendamentos.run_schedules()
    await eventually(service, "SELECT 1 FROM execucoes_agendamento WHERE status = 'CONCLUIDA'")
    assert await service.rows("SELECT mes_ano FROM processos") == [{"mes_ano": f"{now:%m/%Y}"}]


async def _monthly(tx: Transaction) -> None:
    await novo_cliente(tx, (await nova_operadora(tx)).id)
    tipo = TipoAgendamento.CRIAR_PROCESSOS_MENSAIS
    row = {"nome_agendamento": "Criar", "cron_expressao": "50 23 L * *", "tipo_agendamento": tipo}
    await novo_agendamento(tx, row | {"parametros_execucao": {"mes": "atual"}}, LINHA_DE_COMANDO)


@pytest.mark.falha(468)
@pytest.mark.parametrize(
    ("typed", "cron"), [("a cada 60 minutos", "0 * * * *"), ("a cada 24 horas às 8h", "0 8 * * *")]
)
async def test_an_interval_as_long_as_its_field_is_made_as_it_was_shown(
    sqlite_service: RunningService, typed: str, cron: str
) -> None:
    adm = await administrator(sqlite_service)
    await adm.says(f"backup {typed}")
    await adm.sees("Criar?")
    await adm.says("sim")
    await adm.sees("Agendamento criado.")
    assert await sqlite_service.rows("SELECT cron_expressao FROM agendamentos") == [{"cron_expressao": cron}]


async def test_another_hour_takes_the_place_of_the_one_that_was_read_back(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("backup todo dia às 3 da tarde")
    await adm.sees("15:00")
    await adm.says("não, às 4")
    await adm.sees("16:00")
    await adm.says("melhor 5h30 da manhã")
    await adm.sees("05:30")
    await adm.says("às vezes")
    await adm.sees("Responda SIM ao que mostrei acima")
    await adm.says("sim")
    await adm.sees("Agendamento criado.")
    assert await sqlite_service.rows("SELECT cron_expressao FROM agendamentos") == [{"cron_expressao": "30 5 * * *"}]


async def test_an_hour_that_begins_with_a_no_gives_nothing_up(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("agenda backup todo dia")
    await adm.sees("A que hora?")
    await adm.says("não, as 5")
    await adm.sees("05:00")
    await adm.says("não")
    await adm.sees("nenhum agendamento foi criado")
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.taps("Backup dos dados")
    await adm.taps("Todo dia")
    await adm.sees("A que horas?")
    await adm.says("as 5 nao as 6")
    await adm.sees("06:00")


async def test_giving_up_makes_nothing(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.taps("Backup dos dados")
    await adm.taps("Outro (cron)")
    await adm.sees("Escreva a expressão cron")
    await adm.says("0 0 31 2 *")
    await adm.sees("Nenhum dia atende a essa expressão")
    await adm.says("CANCELAR")
    await adm.sees("nenhum agendamento foi criado")
    assert await sqlite_service.rows("SELECT 1 FROM agendamentos") == []


async def test_an_older_choice_begins_anew_and_can_be_given_up(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    choices = await adm.sees("O que agendar?")
    await adm.says("CANCELAR")
    await adm.sees("nenhum agendamento foi criado")
    await adm.taps("Backup dos dados", bubble=choices)
    await adm.sees("Em que dias?")
    await adm.says("CANCELAR")
    await adm.sees("nenhum agendamento foi criado")


async def test_downloads_are_asked_for_and_counted(sqlite_service: RunningService) -> None:
    """Two wait, one is there already; the clock sends the robots afterwards."""
    mes_ano = sqlite_service.mes_ano

    async def of_this_month(tx: Transaction) -> None:
        operadora = await nova_operadora(tx)
        for _ in range(3):
            made = await criar(tx, (await novo_cliente(tx, operadora.id)).id, mes_ano, O_ROBO)
        assert made.processo is not None
        await receber(tx, made.processo.id, fatura(), O_ROBO, LIMITS)

    adm = await administrator(sqlite_service)
    await sqlite_service.wiring.turns.run(of_this_month)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.taps("Baixar faturas")
    await adm.taps("Dias úteis")
    await adm.taps("08:00")
    await adm.says("sim")
    await adm.sees("Agendamento criado.")
    await adm.taps("Executar agora")
    await adm.sees(f"mês: {mes_ano}; downloads pedidos: 2; já baixadas: 1", timeout=30)
    rows = await sqlite_service.rows("SELECT status_execucao FROM execucoes WHERE data_fim IS NULL")
    assert len(rows) == 2


@CHANNELS
async def test_said_instead_of_tapped_it_is_read_back_and_rehearsed(service: RunningService, channel: str) -> None:
    """What is not understood asks; what is understood says what a run would do, before anything is made."""
    adm = await administrator(service, channel)

    async def two_months(tx: Transaction) -> None:
        operadora = await nova_operadora(tx)
        mes = Mes.of_date(tx.now.astimezone(service.settings.zone).date())
        for number in range(3):
            cliente = await novo_cliente(tx, operadora.id)
            for of in (mes, mes.plus(1)):
                made = await criar(tx, cliente.id, str(of), O_ROBO)
                assert made.processo is not None
                if number == 0:
                    await receber(tx, made.processo.id, fatura(), O_ROBO, LIMITS)

    await service.wiring.turns.run(two_months)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.sees("ou escreva, como: todo dia útil às 8 baixar Vivo")
    await adm.says("baixar vivo todo dia útil")
    await adm.sees("A que hora? Por exemplo")
    await adm.says("baixar nextel todo dia útil às 8")
    await adm.sees("Não há operadora “nextel”")
    await adm.says("todo dia útil às 8 baixar Vivo")
    shown = await adm.sees("Baixar faturas: dias úteis às 08:00.\noperadoras: VIVO\n")
    assert "Ensaio: 2 downloads, os últimos às 08:00; 1 já baixada." in shown.text
    assert await service.rows("SELECT 1 FROM agendamentos") == []
    await adm.says("pode criar, manda ver")
    await adm.sees("Agendamento criado.")
    (row,) = await service.rows("SELECT nome_agendamento, cron_expressao FROM agendamentos")
    assert row == {"nome_agendamento": "Baixar faturas VIVO, dias úteis às 08:00", "cron_expressao": "0 8 * * 1-5"}


async def test_a_whole_schedule_is_understood_without_asking_for_one(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("manda o relatório de vendas pra mim toda sexta às 18h")
    await adm.sees("Enviar relatórios: toda semana: sexta às 18:00.")
    await adm.says("deixa pra lá")
    await adm.sees("nenhum agendamento foi criado")
    await adm.says("faz backup do banco de 12 em 12 horas")
    await adm.sees("todo dia a cada 12 horas, a partir de 00:00")
    await adm.says("isso, pode criar")
    await adm.sees("Agendamento criado.")
    await adm.says("baixar Vivo todo dia")
    await adm.sees("Não sei se entendi. Escreva como fala")
    assert len(await sqlite_service.rows("SELECT 1 FROM agendamentos")) == 1


async def test_a_schedule_that_cannot_be_as_said_is_asked_about(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    for said, asked in {
        "todo dia 31 às 8h manda o relatório pra mim": "Nem todo mês tem",
        "último dia do mês às 18h manda o relatório": "Para quem vai o relatório?",
        "toda quarta às 25h backup": "Não existe a hora",
        "todo dia util as 9 baixa as faturas": "De que operadora?",
        "agenda: toda segunda 7h baixar faturas da nextel": "Não há operadora “nextel”.",
    }.items():
        await adm.says(said)
        await adm.sees(asked)
        await adm.says("CANCELAR")
        await adm.sees("nenhum agendamento foi criado")


async def test_a_schedule_that_names_an_operadora_is_no_search_for_an_invoice(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await sqlite_service.wiring.turns.run(nova_operadora)
    for said in ("agenda pra baixar as faturas da Vivo todo dia útil às 8", "baixar as faturas da vivo todo dia às 9"):
        await adm.says(said)
        await adm.sees("Baixar faturas: ")
        await adm.says("não")
        await adm.sees("nenhum agendamento foi criado")
    await adm.says("como está a fatura da Padaria?")
    await adm.sees("Não achei processo de")


async def test_the_report_goes_to_whom_it_concerns(sqlite_service: RunningService) -> None:
    """By schedule, the month that is over; here nothing happened in it, and that is said."""
    adm = await administrator(sqlite_service)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.taps("Enviar relatórios")
    await adm.taps("Toda segunda")
    await adm.taps("08:00")
    await adm.sees("toda semana: segunda às 08:00")
    await adm.says("sim")
    await adm.sees("Agendamento criado.")
    await adm.taps("Executar agora")
    await adm.sees("Enviar relatórios, toda semana: segunda às 08:00: concluído", timeout=30)
    await adm.sees("Não há processos de", timeout=30)


@pytest.mark.falha(261)
async def test_a_run_that_is_done_again_because_its_mark_was_lost_has_one_report_made(
    sqlite_service: RunningService,
) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    wiring, run = sqlite_service.wiring, Corrida(uuid4(), sqlite_service.clock())
    report = make_tarefas(wiring.turns, wiring.backups, wiring.settings.zone, wiring.settings.retencao)[
        TipoAgendamento.ENVIAR_RELATORIOS
    ]
    asked = {"periodo": "mensal", "para": ["ADMINISTRADOR"]}
    first = await report(asked, run)
    assert first["pessoas"] == 1
    assert await report(asked, run) == first
    made = "SELECT 1 FROM outbox WHERE method = :method"
    assert len(await sqlite_service.rows(made, method=MakeRelatorioMes.method)) == 1


@pytest.mark.falha(341)
async def test_what_is_not_for_now_is_not_done_now_and_hours_are_taken_as_said(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    for typed in (
        "dia 30 de fevereiro às 8h manda o relatório",
        "amanhã às 8 manda o relatório",
        "hoje às 18h manda o relatório",
    ):
        await adm.says(typed)
        await adm.sees("Escreva a frase de novo")
        await adm.says("CANCELAR")
        await adm.sees("nenhum agendamento foi criado")
    await adm.says("AGENDAMENTOS")
    await adm.sees("Ainda não há agendamentos")
    await adm.taps("Novo agendamento")
    await adm.sees("O que agendar?")
    await adm.taps("Backup diário do banco")
    await adm.sees("Em que dias?")
    await adm.says("todo dia útil às 7 e meia da noite")
    await adm.sees("19:30")
    await adm.says("não")
    await adm.sees("nenhum agendamento foi criado")


async def test_an_interval_that_does_not_divide_the_day_is_answered_at_once(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("backup a cada 7 horas")
    await adm.sees("não se repete igual todo dia")
