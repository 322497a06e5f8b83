"""What a sentence may want: one name for each chat word (contract §6), and for what people say besides."""

from enum import IntEnum, StrEnum
from functools import lru_cache

from storage.pessoa.perfil import Perfil


class Intencao(StrEnum):
    """What somebody wants. A chat word and its intention have the same name."""

    NADA = "NADA"
    """Nothing we understand, or neither yes nor no."""
    FALA = "FALA"
    """It is for the person on the other side of the conversation, as it stands."""

    # Answers to what was asked.
    SIM = "SIM"
    NAO = "NAO"
    OPCAO = "OPCAO"
    VALOR = "VALOR"
    AVALIACAO = "AVALIACAO"
    MOTIVO = "MOTIVO"

    # Chat words.
    VENDER = "VENDER"
    CANCELAR = "CANCELAR"
    STATUS = "STATUS"
    VENDAS = "VENDAS"
    ONLINE = "ONLINE"
    OCUPADO = "OCUPADO"
    AUSENTE = "AUSENTE"
    OFFLINE = "OFFLINE"
    PRESENCA = "PRESENCA"
    FILA = "FILA"
    ENCERRAR = "ENCERRAR"
    TRANSFERIR = "TRANSFERIR"
    NOTA = "NOTA"
    PENDENTES = "PENDENTES"
    APROVAR = "APROVAR"
    REJEITAR = "REJEITAR"
    VER_FATURA = "VER_FATURA"
    DELEGAR = "DELEGAR"
    PROCESSOS = "PROCESSOS"
    PROCESSO = "PROCESSO"
    EXECUCOES = "EXECUCOES"
    POOL = "POOL"
    LIBERAR = "LIBERAR"
    AGENDAMENTOS = "AGENDAMENTOS"
    RELATORIO = "RELATORIO"
    FECHAMENTO = "FECHAMENTO"
    BACKUP = "BACKUP"
    USUARIOS = "USUARIOS"
    TOKEN = "TOKEN"  # noqa: S105 - a chat word
    AUDITORIA = "AUDITORIA"
    PAINEL = "PAINEL"
    AJUDA = "AJUDA"
    MENU = "MENU"
    IDIOMA = "IDIOMA"
    INICIO = "INICIO"
    CONSULTOR = "CONSULTOR"

    # What a customer who waits says of the queue.
    DESISTIR = "DESISTIR"
    POSICAO = "POSICAO"

    # Talk.
    SAUDACAO = "SAUDACAO"
    AGRADECIMENTO = "AGRADECIMENTO"
    DESPEDIDA = "DESPEDIDA"
    RECLAMACAO = "RECLAMACAO"
    ASSUNTO = "ASSUNTO"
    """A customer says what it is about: for the card of whoever will attend them."""


class Certeza(IntEnum):
    """How sure: only `CERTA` may do something by itself, `PROVAVEL` offers a button."""

    NENHUMA = 0
    PROVAVEL = 1
    CERTA = 2


_I = Intencao
ACOES = frozenset(
    {
        _I.SIM,
        _I.NAO,
        _I.OPCAO,
        _I.VALOR,
        _I.AVALIACAO,
        _I.MOTIVO,
        _I.VENDER,
        _I.CANCELAR,
        _I.ONLINE,
        _I.OCUPADO,
        _I.AUSENTE,
        _I.OFFLINE,
        _I.ENCERRAR,
        _I.TRANSFERIR,
        _I.NOTA,
        _I.APROVAR,
        _I.REJEITAR,
        _I.DELEGAR,
        _I.LIBERAR,
        _I.FECHAMENTO,
        _I.BACKUP,
        _I.TOKEN,
        _I.CONSULTOR,
        _I.DESISTIR,
    }
)
"""Those that change something; the others show something, or are met with a sentence."""

CONVERSA = frozenset({_I.SAUDACAO, _I.AGRADECIMENTO, _I.DESPEDIDA})
SIM_OU_NAO = frozenset({_I.SIM, _I.NAO})
_ANYONE = CONVERSA | SIM_OU_NAO | {_I.AJUDA, _I.MENU, _I.IDIOMA, _I.INICIO}
_STAFF = _ANYONE | {_I.CANCELAR, _I.PAINEL}
_CUSTOMER = _ANYONE | {_I.CONSULTOR, _I.DESISTIR, _I.POSICAO, _I.RECLAMACAO, _I.ASSUNTO}
_PRESENCE = frozenset({_I.ONLINE, _I.OCUPADO, _I.AUSENTE, _I.OFFLINE, _I.PRESENCA})
_SYSTEM = frozenset({_I.AGENDAMENTOS, _I.RELATORIO, _I.FECHAMENTO, _I.BACKUP, _I.USUARIOS, _I.TOKEN, _I.AUDITORIA})
_OF_PERFIL: dict[Perfil, frozenset[Intencao]] = {
    Perfil.VENDEDOR: frozenset({_I.VENDER, _I.STATUS, _I.VENDAS}),
    Perfil.CONSULTOR: _PRESENCE | {_I.FILA, _I.ENCERRAR, _I.TRANSFERIR, _I.NOTA},
    Perfil.APROVADOR: frozenset({_I.PENDENTES, _I.APROVAR, _I.REJEITAR, _I.VER_FATURA, _I.DELEGAR}),
    Perfil.OPERADOR: frozenset({_I.PROCESSOS, _I.PROCESSO, _I.EXECUCOES}),
    Perfil.BACKOFFICE: frozenset(),
    Perfil.ADMINISTRADOR: _SYSTEM | {_I.POOL, _I.LIBERAR},
}


@lru_cache(maxsize=64)
def intentions_of(perfis: frozenset[Perfil]) -> frozenset[Intencao]:
    """What a person of these perfis may want of us; none is a customer. An administrator may everything staff may."""
    if not perfis:
        return _CUSTOMER
    own = perfis if Perfil.ADMINISTRADOR not in perfis else frozenset(Perfil)
    return _STAFF.union(*(_OF_PERFIL[perfil] for perfil in own))
