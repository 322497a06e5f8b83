"""How long questions, links and buttons live: the one table of it. Nothing is acted on after its time.

What comes later is recorded, answered kindly and asked again. A question or button that is about something with an end
of its own (a sale, an atendimento, a card, a robot's question) lives as long as that does: `ENQUANTO_DURA`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

ENQUANTO_DURA = None

# What was written longer ago than this and arrives only now is not acted on: a channel was away, or we were.
ENTREGA = timedelta(hours=2)
# What one person writes to another shows when it was written, when it comes later than this.
ATRASO_VISIVEL = timedelta(minutes=10)
# What a customer sends so soon after the end was being written while it came, and answers no question about it.
ESCREVENDO = timedelta(seconds=5)
# A customer who waits and writes on hears again where they stand, after so long.
CALADOS = timedelta(minutes=3)
# For so long a customer whom somebody answered in the channel's own app for businesses is left to the two of them.
NO_APLICATIVO = timedelta(hours=12)
# A file that one person promised another through us is brought to them no later than this.
ARQUIVO_ATRASADO = timedelta(days=7)
# For so long a typed number or label stands for the choice that was shown.
ESCOLHAS = timedelta(hours=24)
# For so long a yes in words is one to "Você quis dizer …?".
OFERTA = timedelta(hours=1)
# For so long "e ontem?" goes on from the question before it.
CONTINUACAO = timedelta(hours=1)
# Whoever changes words that are older than this is not told that they were read before.
EMENDA = timedelta(days=1)
# For so long a file that is sent is about the processo that was shown last.
TELA = timedelta(hours=1)

CONVITE = timedelta(days=2)
TOKEN = timedelta(hours=12)
LINK_DO_PAINEL = timedelta(seconds=60)
SESSAO_DO_PAINEL = timedelta(hours=12)
# A file that was looked at in the panel, until it is imported.
IMPORTACAO_DO_PAINEL = timedelta(minutes=30)
# What was done in the panel, until it is not taken back any more by one tap.
DESFAZER_NO_PAINEL = timedelta(minutes=10)
# What Telegram signed for a Mini App (core.telegram.org/bots/webapps: `auth_date`).
ABERTURA_DO_MINI_APP = timedelta(hours=24)
AVALIACAO = timedelta(days=7)

# For so long one person has a robot's question; then the next one is asked.
RESPOSTA_AO_ROBO = timedelta(seconds=90)

_TURNO = timedelta(hours=12)

PERGUNTAS: Mapping[str, timedelta | None] = {
    "Vender:confirmacao": _TURNO,
    "Vender:lugar_na_fila": _TURNO,
    "Vender:robo": ENQUANTO_DURA,
    "Vender:resposta": ENQUANTO_DURA,
    "Vender:leitura": ENQUANTO_DURA,
    "Vender:achados": _TURNO,
    "Vender:confirmacao_cancelamento": timedelta(hours=1),
    "Agendar:frase": _TURNO,
    "Agendar:hora": _TURNO,
    "Agendar:cron": _TURNO,
    "Agendar:confirmacao": _TURNO,
    "Nota:texto": timedelta(hours=1),
    "Rejeitar:motivo": timedelta(hours=1),
    "Rejeitar:confirmacao": timedelta(hours=1),
    "UsarMesmoAssim:motivo": timedelta(hours=1),
    "AprovarVarias:confirmacao": timedelta(hours=1),
    "Comecar:confirmacao": timedelta(hours=1),
    "Delegar:inicio": timedelta(hours=1),
    "Delegar:fim": timedelta(hours=1),
    "Delegar:confirmacao": timedelta(hours=1),
    "Robo:resposta": RESPOSTA_AO_ROBO,
    "Senha:fatura": timedelta(minutes=10),
    "Avaliar:nota": AVALIACAO,
    "Avaliar:comentario": timedelta(days=1),
}
"""What we wait for (the dialogs' states), from the moment in which it was asked."""

BOTOES: Mapping[str, timedelta | None] = {
    "ConfirmVenda": _TURNO,
    "DeclineVenda": _TURNO,
    "JoinFila": _TURNO,
    # They free logins of whoever sells at that moment.
    "FreeLogins": timedelta(hours=1),
    "FreeLoginOf": timedelta(hours=1),
    "InviteUsuario": timedelta(days=1),
    # They go to whoever is on the screen at that moment, or to whoever was free.
    "SendResposta": timedelta(hours=1),
    "RemoveResposta": timedelta(hours=1),
    "SendAfterAll": timedelta(hours=1),
    "TransferToConsultor": timedelta(hours=1),
    "TransferToIdioma": timedelta(hours=1),
    "TransferToFila": timedelta(hours=1),
    "ApproveSeveral": timedelta(hours=1),
    "BeginAll": timedelta(hours=1),
    "DownloadMissing": timedelta(days=1),
    "ConfirmDelegacao": timedelta(hours=1),
    "RunNow": timedelta(hours=1),
    "GoAway": timedelta(hours=1),
    "ConfirmTelefone": ENQUANTO_DURA,
    "DoAgain": ENQUANTO_DURA,
    "DoAllAgain": ENQUANTO_DURA,
    "ShowRelatorio": ENQUANTO_DURA,
    "ShowRelatorioEquipe": ENQUANTO_DURA,
    "ShowFechamento": ENQUANTO_DURA,
    "FechamentoPdf": ENQUANTO_DURA,
    "RemoveAgendamento": timedelta(hours=1),
    "AnswerRobo": RESPOSTA_AO_ROBO,
    "TypeAnswer": RESPOSTA_AO_ROBO,
    "PassPergunta": RESPOSTA_AO_ROBO,
    "ConfirmAgendamento": _TURNO,
    "Rate": AVALIACAO,
    # Of a PDF that was sent: whose it is.
    "UseArquivo": _TURNO,
    "DropArquivo": ENQUANTO_DURA,
    "TypeSenha": ENQUANTO_DURA,
    # What it would change was counted in that moment.
    "ConfirmImportacao": timedelta(hours=1),
    "DropImportacao": ENQUANTO_DURA,
    "ShowLinhasImportadas": timedelta(hours=1),
    "ChooseCadastro": timedelta(hours=1),
    # About something with an end of its own.
    "CancelVenda": ENQUANTO_DURA,
    "KeepVenda": ENQUANTO_DURA,
    "AnswerPergunta": ENQUANTO_DURA,
    "ConfirmLida": ENQUANTO_DURA,
    "UseAchados": ENQUANTO_DURA,
    "ShowAgendamento": ENQUANTO_DURA,
    "PauseAgendamento": ENQUANTO_DURA,
    "ResumeAgendamento": ENQUANTO_DURA,
    "ApproveProcesso": ENQUANTO_DURA,
    "RejectProcesso": ENQUANTO_DURA,
    "UndoApproval": ENQUANTO_DURA,
    "DownloadProcesso": ENQUANTO_DURA,
    "SendToSat": ENQUANTO_DURA,
    "CancelExecucao": ENQUANTO_DURA,
    "AcceptOferta": ENQUANTO_DURA,
    "PassOferta": ENQUANTO_DURA,
    "LeaveFila": ENQUANTO_DURA,
    "LeaveAfterAll": ENQUANTO_DURA,
    "StayInFila": ENQUANTO_DURA,
    "EndOwn": ENQUANTO_DURA,
    "TurnTo": ENQUANTO_DURA,
    "SendModelo": ENQUANTO_DURA,
    "SendHeld": ENQUANTO_DURA,
    "DropHeld": ENQUANTO_DURA,
    # They show something, ask something, or change nothing that was not meant.
    "WordButton": ENQUANTO_DURA,
    "GoOnWithVenda": ENQUANTO_DURA,
    "AskToCancel": ENQUANTO_DURA,
    "ListUsuarios": ENQUANTO_DURA,
    "ShowAuditoria": ENQUANTO_DURA,
    "AuditoriaOfAto": ENQUANTO_DURA,
    "AuditoriaOfPessoa": ENQUANTO_DURA,
    "ChooseAto": ENQUANTO_DURA,
    "ChoosePessoa": ENQUANTO_DURA,
    "AskToRemove": ENQUANTO_DURA,
    "NewAgendamento": ENQUANTO_DURA,
    "ChooseTipo": ENQUANTO_DURA,
    "ChooseDias": ENQUANTO_DURA,
    "ChooseHora": ENQUANTO_DURA,
    "KeepResposta": ENQUANTO_DURA,
    "NoComment": ENQUANTO_DURA,
    "SpeakIdioma": ENQUANTO_DURA,
    "GreetIn": ENQUANTO_DURA,
    "StillHere": ENQUANTO_DURA,
    "SeeProcesso": ENQUANTO_DURA,
    "SeeFatura": ENQUANTO_DURA,
    "WhyProcesso": ENQUANTO_DURA,
    "NewDelegacao": ENQUANTO_DURA,
    "MorePeople": ENQUANTO_DURA,
    "ChooseDelegado": ENQUANTO_DURA,
    "ChooseDia": ENQUANTO_DURA,
    "ChooseUltimoDia": ENQUANTO_DURA,
    "EndDelegacao": ENQUANTO_DURA,
    "MorePendentes": ENQUANTO_DURA,
    "AskToApproveSeveral": ENQUANTO_DURA,
    "ListExecucoes": ENQUANTO_DURA,
    "ShowExecucao": ENQUANTO_DURA,
    "ShowLinhas": ENQUANTO_DURA,
    "ShowPassos": ENQUANTO_DURA,
    "OpenInPainel": ENQUANTO_DURA,
    "ShowMes": ENQUANTO_DURA,
    "ListProcessos": ENQUANTO_DURA,
    "MoreFound": ENQUANTO_DURA,
    "ShowTimes": ENQUANTO_DURA,
    "ShowHistorico": ENQUANTO_DURA,
    "ShowOlder": ENQUANTO_DURA,
    "ShowTranscricao": ENQUANTO_DURA,
    "SendTranscricao": ENQUANTO_DURA,
}
"""What a tap may still do, from the moment in which its message was sent."""


def is_over(since: datetime | None, life: timedelta | None, at: datetime) -> bool:
    """Whether what was asked or shown `since` then is over for an answer that was given `at` that moment."""
    return since is not None and life is not None and at - since > life


def came_late(written: datetime, now: datetime) -> bool:
    """Whether something that was written then comes too late to be acted on."""
    return now - written > ENTREGA


def shows_its_time(written: datetime, now: datetime) -> bool:
    """Whether the other side is told when it was written."""
    return now - written > ATRASO_VISIVEL
