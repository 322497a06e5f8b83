"""What is said of schedules, in chat and in the terminal: nothing here needs a channel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.agendamento.cron import CampoCron, CronCode, InvalidCron
from core.agendamento.espalhar import Ensaio
from dialogs.agendamento.leitura import in_words
from dialogs.frame.i18n import _, n_
from storage.agendamento.agendamentos import Agendamento
from storage.agendamento.tipos import TipoAgendamento


def name_of(tipo: str) -> str:
    """What a type does, in a few words."""
    return {
        TipoAgendamento.CRIAR_PROCESSOS_MENSAIS: _("Criar os processos do mês"),
        TipoAgendamento.EXECUTAR_DOWNLOADS: _("Baixar faturas"),
        TipoAgendamento.ENVIAR_RELATORIOS: _("Enviar relatórios"),
        TipoAgendamento.LIMPEZA_LOGS: _("Limpar o que é antigo"),
        TipoAgendamento.BACKUP_DADOS: _("Backup dos dados"),
        TipoAgendamento.BACKUP_DIARIO_BD: _("Backup diário do banco"),
    }[TipoAgendamento(tipo)]


def invalid_cron(error: InvalidCron) -> str:
    """What is wrong with an expression."""
    if error.code is CronCode.TOO_LONG:
        return _("A expressão é longa demais.")
    if error.code is CronCode.FIELD_COUNT:
        return _("Uma expressão cron tem 5 partes (minuto hora dia mês dia-da-semana), e esta tem {n}.").format(
            n=error.valor
        )
    if error.code is CronCode.NEVER:
        return _("Nenhum dia atende a essa expressão: confira o dia {valor}.").format(valor=error.valor)
    assert error.campo is not None
    return _("{valor} não serve para {campo}.").format(valor=error.valor, campo=_fields()[error.campo])


def _fields() -> dict[CampoCron, str]:
    return {
        CampoCron.MINUTO: _("o minuto"),
        CampoCron.HORA: _("a hora"),
        CampoCron.DIA: _("o dia do mês"),
        CampoCron.MES: _("o mês"),
        CampoCron.DIA_SEMANA: _("o dia da semana"),
    }


def moment(when: datetime, zone: ZoneInfo) -> str:
    return f"{when.astimezone(zone):%d/%m/%Y %H:%M}"


def line(agendamento: Agendamento, nexts: list[datetime], zone: ZoneInfo) -> str:
    """One schedule in one line."""
    text = f"{agendamento.nome_agendamento}: {name_of(agendamento.tipo_agendamento)}, "
    text += in_words(agendamento.cron_expressao)
    if not agendamento.status_ativo:
        return text + _(" (pausado)")
    return text + _("; próxima: {quando}").format(quando=moment(nexts[0], zone)) if nexts else text


def parameters(parametros: dict[str, Any]) -> str:
    """Parameters that say something; "" when none does."""
    said = {name: value for name, value in parametros.items() if value not in (None, [], 0)}
    texts = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in said.items()}
    names = _names()
    return "; ".join(f"{names.get(name, name)}: {_flag(value)}" for name, value in texts.items())


def _names() -> dict[str, str]:
    """What is asked of a run, and what came of it, as people call it; tables keep their own names."""
    return {
        "mes": _("mês"),
        "periodo": _("período"),
        "janela_minutos": _("minutos da janela"),
        "criados": _("processos criados"),
        "pedidos": _("downloads pedidos"),
        "ja_baixadas": _("já baixadas"),
        "em_andamento": _("em andamento"),
        "login_recusado": _("com o login recusado"),
        "em_pausa": _("operadoras em pausa"),
        "sem_robo": _("operadoras sem robô"),
        "restaurar": _("com prova de restauração"),
        "restaurado_em_segundos": _("restaurado em segundos"),
        "apagadas": _("linhas apagadas"),
        "apagados": _("backups apagados"),
    }


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return _("sim") if value else _("não")
    return value


def rehearsed(ensaio: Ensaio, zone: ZoneInfo) -> str:
    """ "312 downloads, os últimos às 09:10; 14 já baixadas"."""
    if ensaio.ultimo_em is None:
        text = _("Ensaio: nada a baixar por enquanto")
    else:
        text = n_("Ensaio: {n} download, às {hora}", "Ensaio: {n} downloads, os últimos às {hora}", ensaio.total)
        text = text.format(n=ensaio.total, hora=f"{ensaio.ultimo_em.astimezone(zone):%H:%M}")
    there = n_("{n} já baixada", "{n} já baixadas", ensaio.ja_baixadas).format(n=ensaio.ja_baixadas)
    return f"{text}; {there}." if ensaio.ja_baixadas else f"{text}."


def no_such_task() -> str:
    return _("esta versão ainda não faz este tipo de tarefa")


def no_robot(codigos: Sequence[str]) -> str:
    """There is nobody to send for these operadoras, or for any."""
    if not codigos:
        return _("nenhuma operadora tem robô")
    return _("não há robô para {operadoras}").format(operadoras=", ".join(codigos))


def nobody_to_tell(para: Sequence[str]) -> str:
    """Nobody who is to get the report can be reached."""
    return _("ninguém a quem enviar: {para}").format(para=", ".join(para))


def store_away() -> str:
    return _("o armazenamento de objetos não responde")


def our_fault() -> str:
    return _("uma falha nossa, que o registro do serviço descreve")


def all_there() -> str:
    return _("Os agendamentos usuais já existem.")


def none_yet() -> str:
    return _("Não há agendamentos. `balcao agendamentos padrao` cria os usuais.")
