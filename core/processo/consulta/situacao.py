"""Why a processo stands where it stands: told from its history, its execucoes and what its robot needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.processo.maquina import Acao
from storage.cliente.clientes import Cliente
from storage.operadora.operadoras import Operadora
from storage.processo.aprovacoes import Aprovacao
from storage.processo.execucoes import Execucao
from storage.processo.historico import Passo
from storage.processo.processos import Processo
from storage.processo.status import Decisao, StatusExecucao, StatusProcesso, TipoExecucao


class Porque(StrEnum):
    """The one reason that matters now."""

    DESATIVADO = "DESATIVADO"
    # Waits for its download.
    BAIXANDO = "BAIXANDO"
    NA_FILA_DO_ROBO = "NA_FILA_DO_ROBO"
    OPERADORA_PAUSADA = "OPERADORA_PAUSADA"
    LOGIN_RECUSADO = "LOGIN_RECUSADO"
    SEM_ROBO = "SEM_ROBO"
    REJEITADO = "REJEITADO"
    DOWNLOAD_FALHOU = "DOWNLOAD_FALHOU"
    DOWNLOAD_PARADO = "DOWNLOAD_PARADO"
    NUNCA_BAIXADO = "NUNCA_BAIXADO"
    # Waits for approvers.
    ESPERA_APROVADOR = "ESPERA_APROVADOR"
    ESPERA_OUTRO = "ESPERA_OUTRO"
    # Waits for SAT.
    ENVIANDO = "ENVIANDO"
    VAI_SOZINHO = "VAI_SOZINHO"
    ENVIO_FALHOU = "ENVIO_FALHOU"
    ESPERA_ENVIO = "ESPERA_ENVIO"
    NO_SAT = "NO_SAT"


@dataclass(frozen=True, slots=True)
class Situacao:
    """`passo`: the step of its history that led here. `execucao`: the robot that it is about. `faltam`: people."""

    porque: Porque
    passo: Passo | None = None
    execucao: Execucao | None = None
    ate: datetime | None = None
    faltam: int = 0


@dataclass(frozen=True, slots=True)
class Fatos:
    """What is known of it: steps and decisions oldest first, execucoes newest first."""

    processo: Processo
    cliente: Cliente
    operadora: Operadora
    passos: Sequence[Passo]
    execucoes: Sequence[Execucao]
    aprovacoes: Sequence[Aprovacao]


def situacao(fatos: Fatos, now: datetime) -> Situacao:
    """Why it is so. Of several reasons the one that has to be dealt with first."""
    if not fatos.processo.status_ativo:
        return Situacao(Porque.DESATIVADO, _last(fatos, Acao.DESATIVAR))
    by_status = {
        StatusProcesso.AGUARDANDO_DOWNLOAD: _without_file,
        StatusProcesso.AGUARDANDO_APROVACAO: _undecided,
        StatusProcesso.AGUARDANDO_ENVIO_SAT: _approved,
        StatusProcesso.UPLOAD_REALIZADO: _done,
    }
    return by_status[StatusProcesso(fatos.processo.status_processo)](fatos, now)


def _without_file(fatos: Fatos, now: datetime) -> Situacao:
    newest = _newest(fatos, TipoExecucao.DOWNLOAD_FATURA)
    operadora, rejected = fatos.operadora, _last(fatos, Acao.REJEITAR)
    if fatos.cliente.credencial_recusada_em is not None:
        return Situacao(Porque.LOGIN_RECUSADO, execucao=newest, ate=fatos.cliente.credencial_recusada_em)
    if newest is not None and newest.data_fim is None:
        if newest.enviada_em is not None:
            return Situacao(Porque.BAIXANDO, execucao=newest)
        if operadora.pausada_ate is not None and operadora.pausada_ate > now:
            return Situacao(Porque.OPERADORA_PAUSADA, execucao=newest, ate=operadora.pausada_ate)
        return Situacao(Porque.NA_FILA_DO_ROBO, execucao=newest)
    if rejected is not None and (newest is None or newest.data_inicio <= rejected.quando):
        return Situacao(Porque.REJEITADO, rejected)
    if newest is not None:
        stopped = newest.status_execucao == StatusExecucao.CANCELADO
        return Situacao(
            Porque.DOWNLOAD_PARADO if stopped else Porque.DOWNLOAD_FALHOU, _last(fatos, Acao.CANCELAR), newest
        )
    if not operadora.possui_rpa or not operadora.status_ativo:
        return Situacao(Porque.SEM_ROBO)
    return Situacao(Porque.NUNCA_BAIXADO, _last(fatos, Acao.CRIAR))


def _undecided(fatos: Fatos, now: datetime) -> Situacao:
    processo = fatos.processo
    given = [one for one in fatos.aprovacoes if one.decisao == Decisao.APROVADO]
    came = _last(fatos, Acao.RECEBER)
    if given:
        missing = max(processo.aprovacoes_necessarias - len({one.usuario_id for one in given}), 1)
        return Situacao(Porque.ESPERA_OUTRO, _last(fatos, Acao.APROVAR), faltam=missing)
    return Situacao(Porque.ESPERA_APROVADOR, came, faltam=processo.aprovacoes_necessarias)


def _approved(fatos: Fatos, now: datetime) -> Situacao:
    approved, newest = _last(fatos, Acao.APROVAR), _newest(fatos, TipoExecucao.UPLOAD_SAT)
    if newest is not None and newest.data_fim is None:
        return Situacao(Porque.ENVIANDO, approved, newest)
    if fatos.processo.envio_automatico_em is not None:
        return Situacao(Porque.VAI_SOZINHO, approved, ate=fatos.processo.envio_automatico_em)
    if newest is not None and (approved is None or newest.data_inicio >= approved.quando):
        return Situacao(Porque.ENVIO_FALHOU, approved, newest)
    return Situacao(Porque.ESPERA_ENVIO, approved)


def _done(fatos: Fatos, now: datetime) -> Situacao:
    return Situacao(Porque.NO_SAT, _last(fatos, Acao.APROVAR), ate=fatos.processo.data_envio_sat)


def _last(fatos: Fatos, acao: Acao) -> Passo | None:
    return next((passo for passo in reversed(fatos.passos) if passo.acao == acao), None)


def _newest(fatos: Fatos, tipo: TipoExecucao) -> Execucao | None:
    return next((one for one in fatos.execucoes if one.tipo_execucao == tipo), None)
