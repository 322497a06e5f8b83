"""Who does what is written down: every command (core/commands/) and its handler, once."""

from bot.agendamento.sender import AgendamentoSender
from bot.atendimento.turns import AtendimentoTurns
from bot.follow_ups.agendamento import AgendamentoFollowUps
from bot.follow_ups.contas import ContasFollowUps
from bot.follow_ups.conversa import ConversaFollowUps
from bot.follow_ups.presenca import PresencaFollowUps
from bot.follow_ups.reprocesso import Reprocesso
from bot.follow_ups.venda import VendaFollowUps
from bot.processo.turns import ProcessoTurns
from bot.robots.andamento import AndamentoTurns
from bot.robots.events import RobotEvents
from bot.robots.execucoes import ExecucaoSender
from bot.robots.perguntas import PerguntaTurns
from bot.robots.sender import RobotSender
from bot.senders.backup import BackupSender
from bot.senders.commands import CommandSender, TurnSender
from bot.senders.faturas.notas import NotaSender
from bot.senders.faturas.sender import FaturaSender
from bot.senders.faturas.store import DocumentoStore
from bot.senders.faturas.trazidas import BroughtSender
from bot.senders.files import FileSender
from bot.senders.importacao.sender import ImportSender
from bot.senders.live import LiveSender
from bot.senders.pipedrive import PipedriveSender
from bot.senders.presenca.sender import PresenceSender
from bot.senders.relatorio.sender import ReportSender
from bot.senders.transcricao.sender import TranscriptSender
from bot.turn import Turns
from core.commands import atendimento as about_atendimento
from core.commands import contas as about_contas
from core.commands import conversa as about_conversa
from core.commands import presenca as about_presenca
from core.commands import processo as about_processo
from core.commands import relatorio as about_relatorio
from core.commands import venda as about_venda
from core.commands.agendamento import RunAgendamento, TellAgendamento
from core.commands.backup import MakeBackup, ProveBackup
from core.commands.delegacao import TellDelegacao
from core.commands.importacao import ListImportacao, LookAtPlanilha, RunImportacao
from core.commands.live import PublishEvent, PublishEvents
from core.commands.reprocesso import HearAgain, TellGivenUp, TellUnanswered


def follow_up_sender(
    turns: Turns,
    *,
    venda: VendaFollowUps,
    robot_events: RobotEvents,
    processo: ProcessoTurns,
    andamento: AndamentoTurns,
    perguntas: PerguntaTurns,
    atendimento: AtendimentoTurns,
    conversa: ConversaFollowUps,
    presenca: PresencaFollowUps,
    agendamento: AgendamentoFollowUps,
    contas: ContasFollowUps,
    reprocesso: Reprocesso,
) -> CommandSender:
    """Turns of our own that follow from a turn."""
    sender = TurnSender(turns)
    sender.follow(about_venda.ServeQueue, venda.serve_queue)
    sender.follow(about_venda.TellEnd, venda.tell_end)
    sender.follow(about_venda.TellDelay, venda.tell_delay)
    sender.follow(about_venda.EndExpired, venda.end_expired)
    sender.follow(about_venda.HandleRobotEvent, robot_events.handle_early)
    sender.follow(about_processo.TellProcesso, processo.tell)
    sender.follow(about_processo.UpdateCards, processo.update_cards)
    sender.follow(about_processo.ShowFatura, processo.show_fatura)
    sender.follow(about_processo.TellNota, processo.tell_nota)
    sender.follow(TellDelegacao, processo.tell_delegate)
    sender.follow(about_processo.TellNobodyApproves, processo.tell_nobody_approves)
    sender.follow(about_processo.RemindApprover, processo.remind)
    sender.follow(about_processo.TellMissing, processo.tell_missing)
    sender.follow(about_processo.TellUnsent, processo.tell_unsent)
    sender.follow(about_processo.ShowAndamento, andamento.show)
    sender.follow(about_processo.AskPergunta, perguntas.ask)
    sender.follow(about_processo.WithdrawPergunta, perguntas.withdraw)
    _follow_atendimentos(sender, atendimento)
    sender.follow(about_conversa.TellFetched, conversa.tell_fetched)
    sender.follow(about_conversa.BringLateFile, conversa.bring_late_file)
    sender.follow(about_conversa.TellRefusal, conversa.tell_refusal)
    sender.follow(about_conversa.FollowFailedDelivery, conversa.follow_failed_delivery)
    sender.follow(about_presenca.FollowUpPresenca, presenca.follow_up)
    _follow_contas(sender, contas)
    sender.follow(TellAgendamento, agendamento.tell)
    sender.on(HearAgain, reprocesso.hear_again)
    return sender


def _follow_atendimentos(sender: TurnSender, atendimento: AtendimentoTurns) -> None:
    """What follows from customers who wait, or are attended."""
    sender.follow(about_atendimento.HandOut, atendimento.hand_out)
    sender.follow(about_atendimento.TellSupervisors, atendimento.tell_supervisors)
    sender.follow(about_atendimento.WithdrawCard, atendimento.withdraw_card)
    sender.follow(about_atendimento.PassCard, atendimento.pass_card)
    sender.follow(about_atendimento.TellCustomerEnded, atendimento.tell_customer_ended)
    sender.follow(about_atendimento.TellBlocked, atendimento.tell_blocked)
    sender.follow(about_atendimento.TellMoved, atendimento.tell_moved)
    sender.follow(about_atendimento.TellNotNoted, atendimento.tell_not_noted)


def _follow_contas(sender: TurnSender, contas: ContasFollowUps) -> None:
    """What administrators hear of the service itself."""
    sender.follow(about_contas.TellAccount, contas.tell)
    sender.follow(about_contas.TellNotice, contas.tell_notice)
    sender.follow(about_contas.TellDuvida, contas.tell_duvida)
    sender.follow(about_contas.TellTitular, contas.tell_titular)
    sender.follow(TellUnanswered, contas.sem_resposta.tell)
    sender.follow(TellGivenUp, contas.sem_resposta.tell_given_up)


def robot_sender(robots: RobotSender, execucoes: ExecucaoSender) -> CommandSender:
    """Calls to robots."""
    sender = CommandSender("rpa", robots)
    sender.on(about_venda.StartRobot, robots.start, robots.start_failed)
    sender.on(about_venda.AnswerRobot, robots.answer, robots.answer_failed)
    sender.on(about_venda.StopRobot, robots.stop)
    sender.on(about_processo.StartExecucao, execucoes.start, execucoes.start_failed)
    sender.on(about_processo.StopExecucao, execucoes.stop)
    sender.on(about_processo.AnswerExecucao, execucoes.answer, execucoes.answer_failed)
    return sender


def live_sender(live: LiveSender) -> CommandSender:
    """News for the bus."""
    sender = CommandSender("live", live)
    sender.on(PublishEvent, live.publish)
    sender.on(PublishEvents, live.publish_all)
    return sender


def work_senders(
    *,
    files: FileSender,
    faturas: FaturaSender,
    notas: NotaSender,
    trazidas: BroughtSender,
    importacoes: ImportSender,
    documentos: DocumentoStore,
    presenca: PresenceSender,
    relatorios: ReportSender,
    transcripts: TranscriptSender,
    crm: PipedriveSender,
    live: LiveSender,
    backups: BackupSender,
    agendamentos: AgendamentoSender,
) -> list[CommandSender]:
    """What takes longer than a turn should: files, pictures, the CRM, the bus."""
    file = CommandSender("files", files)
    file.on(about_conversa.FetchFile, files.fetch, files.give_up)
    report = CommandSender("relatorios", presenca)
    report.on(about_presenca.MakePresencaReport, presenca.make, presenca.give_up)
    report.on(about_relatorio.MakeRelatorioMes, relatorios.mes, relatorios.give_up)
    report.on(about_relatorio.MakeRelatorioEquipe, relatorios.equipe, relatorios.give_up)
    report.on(about_relatorio.MakeFechamento, relatorios.fechamento, relatorios.give_up)
    report.on(about_relatorio.MakeFechamentoPdf, relatorios.fechamento_pdf, relatorios.give_up)
    transcript = CommandSender("transcricoes", transcripts)
    transcript.on(about_conversa.MakeTranscript, transcripts.make, transcripts.give_up)
    transcript.on(about_conversa.DropTranscript, transcripts.drop)
    note = CommandSender("pipedrive", crm)
    note.on(about_atendimento.NoteInCrm, crm.note, crm.give_up)
    fatura = CommandSender("faturas", faturas)
    fatura.on(about_processo.FetchFatura, faturas.fetch, faturas.fetch_failed)
    fatura.on(about_processo.HearNota, notas.hear, notas.give_up)
    trazida = CommandSender("faturas_trazidas", trazidas)
    trazida.on(about_processo.IdentifyFatura, trazidas.identify, trazidas.give_up)
    trazida.on(about_processo.TakeFatura, trazidas.take, trazidas.give_up)
    trazida.on(about_processo.OpenDocumento, trazidas.open, trazidas.give_up)
    rows = CommandSender("importacoes", importacoes)
    rows.on(LookAtPlanilha, importacoes.look, importacoes.give_up)
    rows.on(ListImportacao, importacoes.rows, importacoes.give_up)
    rows.on(RunImportacao, importacoes.run, importacoes.give_up)
    documento = CommandSender("armazenamento", documentos)
    documento.on(about_processo.StoreDocumento, documentos.store)
    run = CommandSender("agendamentos", agendamentos)
    run.on(RunAgendamento, agendamentos.run, agendamentos.give_up)
    backup = CommandSender("backups", backups)
    backup.on(MakeBackup, backups.make, backups.give_up)
    backup.on(ProveBackup, backups.prove, backups.prove_failed)
    return [file, report, transcript, note, fatura, trazida, rows, documento, live_sender(live), backup, run]
