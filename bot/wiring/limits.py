"""What the settings allow, in the words of the rules."""

from datetime import timedelta

from bot.settings import Settings
from core.atendimento.distribuicao import AtendimentoLimits
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits


def of_atendimentos(settings: Settings) -> AtendimentoLimits:
    return AtendimentoLimits(
        aceite=timedelta(seconds=settings.aceite_timeout),
        graca=timedelta(seconds=settings.atendimento_graca),
        por_consultor=settings.atendimentos_por_consultor,
        reserva=settings.idioma_reserva,
    )


def of_processos(settings: Settings) -> ProcessoLimits:
    return ProcessoLimits(
        dois_acima=settings.aprovacao_dois_acima,
        variacao=settings.aprovacao_variacao,
        sat_automatico=settings.sat_automatico,
        sat_espera=timedelta(seconds=settings.sat_espera),
        por_operadora=settings.downloads_por_operadora,
        tentativas=settings.rpa_tentativas,
        espera_base=timedelta(seconds=settings.rpa_espera_base),
        lembrete=timedelta(hours=settings.aprovacao_lembrete) if settings.aprovacao_lembrete else None,
    )


def of_presence(settings: Settings) -> PresenceLimits:
    return PresenceLimits(
        heartbeat=timedelta(seconds=settings.presence_timeout),
        silencio=timedelta(seconds=settings.presence_silencio),
        espera=timedelta(seconds=settings.presence_espera),
    )
