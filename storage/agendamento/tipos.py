"""What schedules do, and what becomes of their runs (reference 3.7; contract)."""

from enum import StrEnum


class TipoAgendamento(StrEnum):
    """What a schedule does."""

    CRIAR_PROCESSOS_MENSAIS = "CRIAR_PROCESSOS_MENSAIS"
    EXECUTAR_DOWNLOADS = "EXECUTAR_DOWNLOADS"
    ENVIAR_RELATORIOS = "ENVIAR_RELATORIOS"
    LIMPEZA_LOGS = "LIMPEZA_LOGS"
    BACKUP_DADOS = "BACKUP_DADOS"
    BACKUP_DIARIO_BD = "BACKUP_DIARIO_BD"


class StatusExecucao(StrEnum):
    """Where a run of a schedule is."""

    PENDENTE = "PENDENTE"
    EXECUTANDO = "EXECUTANDO"
    CONCLUIDA = "CONCLUIDA"
    FALHOU = "FALHOU"
    # Too old to be made up when it was noticed.
    PERDIDA = "PERDIDA"
