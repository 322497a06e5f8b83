"""Who may what, in one table: every route, chat word, button and page asks it by the name of a right.

Rules about one's own (a seller's sales, a consultor's conversations), about delegation, and where a processo stands are
with their nouns: this is what a perfil may at all. `docs/direitos.md` shows what follows.
"""

from enum import StrEnum

from storage.pessoa.perfil import ATENDENTES, EQUIPE, Perfil


class Direito(StrEnum):
    """A right, as the document calls it."""

    ENTRAR_NO_PAINEL = "entrar no painel"
    VENDER = "vender, e ver as próprias vendas"
    VER_TODAS_AS_VENDAS = "ver e parar a venda de qualquer pessoa"
    ATENDER = "atender clientes"
    VER_TODOS_OS_ATENDIMENTOS = "ler, encerrar e transferir o atendimento de qualquer pessoa"
    VER_PROCESSOS = "ver processos, clientes, operadoras, execuções e relatórios"
    TRAZER_FATURA = "trazer o arquivo de um processo"
    CUIDAR_DE_PROCESSOS = "criar, baixar, corrigir e enviar processos; cadastrar clientes"
    DECIDIR = "aprovar, rejeitar e desfazer; delegar"
    RETIRAR = "desativar e reativar processos e clientes"
    RESPONDER_AO_ROBO = "responder às perguntas de um robô"
    ADMINISTRAR = "cadastrar pessoas, consultores e operadoras; importar planilhas"
    VER_SENHAS = "ver a senha de um portal"
    TER_ACESSO = "saber se o próprio acesso BackOffice está emprestado"
    VER_ACESSOS = "ver e liberar os acessos BackOffice"
    AGENDAR = "agendamentos, relatórios por período e fechamento"
    AUDITAR = "ver a auditoria e a saúde do serviço; backup; saber do que ninguém atende"


_A = Perfil.ADMINISTRADOR
_ADMINISTRATORS = frozenset({_A})
_OPERATORS = frozenset({Perfil.OPERADOR, _A})
_APPROVERS = frozenset({Perfil.APROVADOR, _A})

QUEM: dict[Direito, frozenset[Perfil]] = {
    Direito.ENTRAR_NO_PAINEL: EQUIPE,
    Direito.VENDER: frozenset({Perfil.VENDEDOR, _A}),
    Direito.VER_TODAS_AS_VENDAS: _ADMINISTRATORS,
    # The database asks for these itself, when it looks for whom to serve.
    Direito.ATENDER: ATENDENTES,
    Direito.VER_TODOS_OS_ATENDIMENTOS: _ADMINISTRATORS,
    Direito.VER_PROCESSOS: _OPERATORS | _APPROVERS,
    # Whoever brings a file is never its only approver.
    Direito.TRAZER_FATURA: _OPERATORS | _APPROVERS,
    Direito.CUIDAR_DE_PROCESSOS: _OPERATORS,
    Direito.DECIDIR: _APPROVERS,
    Direito.RETIRAR: _ADMINISTRATORS,
    Direito.RESPONDER_AO_ROBO: _OPERATORS,
    Direito.ADMINISTRAR: _ADMINISTRATORS,
    Direito.VER_SENHAS: _ADMINISTRATORS,
    Direito.TER_ACESSO: frozenset({Perfil.BACKOFFICE}),
    Direito.VER_ACESSOS: _ADMINISTRATORS,
    Direito.AGENDAR: _ADMINISTRATORS,
    Direito.AUDITAR: _ADMINISTRATORS,
}


def tem(perfil: str | None, direito: Direito) -> bool:
    """Whether people of this perfil have the right; None is a customer, who has none."""
    return perfil in QUEM[direito]
