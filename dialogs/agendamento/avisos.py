"""What people hear of runs."""

from core.commands.agendamento import Aviso
from dialogs.agendamento.buttons import ShowAgendamento
from dialogs.agendamento.frases import parameters
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from storage.agendamento.agendamentos import Agendamento
from storage.agendamento.execucoes import ExecucaoAgendamento


async def tell(talk: Talk, agendamento: Agendamento, execucao: ExecucaoAgendamento, aviso: Aviso) -> None:
    """One message, with a button to the schedule."""
    devido = talk.local_time(execucao.devido_em)
    text = _texts()[aviso].format(
        nome=agendamento.nome_agendamento,
        devido=devido,
        atraso=_duration((execucao.criada_em - execucao.devido_em).total_seconds()),
        motivo=(execucao.erro or "").removesuffix("."),
        puladas=execucao.puladas,
    )
    if aviso is Aviso.CONCLUIDA and execucao.resultado:
        text += f"\n{parameters(execucao.resultado)}"
    if aviso in (Aviso.ATRASADA, Aviso.PERDIDA) and execucao.puladas:
        text += "\n" + n_(
            "Outra execução perdida antes dela fica por esta.",
            "Outras {n} execuções perdidas antes dela ficam por esta.",
            execucao.puladas,
        ).format(n=execucao.puladas)
    await talk.say(text, (_("Ver agendamento"), ShowAgendamento(agendamento_id=agendamento.id)))


def _texts() -> dict[Aviso, str]:
    return {
        Aviso.CONCLUIDA: _("✅ {nome}: concluído."),
        Aviso.FALHOU: _("⚠️ {nome} falhou: {motivo}. Aviso de novo quando voltar a funcionar."),
        Aviso.VOLTOU: _("✅ {nome} voltou a funcionar."),
        Aviso.ATRASADA: _("{nome}: a execução de {devido} começa agora, atrasada {atraso}."),
        Aviso.PERDIDA: _("⚠️ {nome}: a execução de {devido} não foi feita e é antiga demais para fazer agora."),
        Aviso.PARADA: _("⚠️ {nome}: a execução de {devido} não terminou. `balcao doctor` diz o que falta."),
    }


def _duration(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    return _("{n} h").format(n=round(minutes / 60)) if minutes < 48 * 60 else _("{n} dias").format(n=minutes // 1440)
