"""What is not understood is about something all the same: what can be done about that here, and with which words."""

from collections.abc import Awaitable, Callable

from core.direitos.direitos import Direito, tem
from core.fala.leitura.como import Como
from core.fala.leitura.fora import Fora
from core.fala.leitura.sobre import Sobre, subjects_of
from core.palavras import Palavra, may_use
from dialogs.frame.i18n import _
from dialogs.frame.provided import Asked
from dialogs.frame.talk import Choice, Talk
from dialogs.pessoa.como import how_it_is_done
from dialogs.pessoa.fora import of_others, own_matricula
from dialogs.pessoa.menu import way_to
from dialogs.processo.cartao import looked_at
from dialogs.venda.venda import whom_to_ask
from storage.pessoa.perfil import Perfil
from storage.venda.vendas import open_venda_of

_D, _P = Direito, Palavra
_OF: dict[Sobre, tuple[Direito, tuple[Palavra, ...]]] = {
    Sobre.DESFAZER: (_D.DECIDIR, (_P.PROCESSOS,)),
    Sobre.CORRIGIR_FATURA: (_D.VER_PROCESSOS, (_P.PAINEL,)),
    Sobre.MATRICULA: (_D.VENDER, ()),
    Sobre.DESISTIU: (_D.VENDER, (_P.VENDAS,)),
    Sobre.CORRIGIR_VENDA: (_D.VENDER, (_P.VENDAS,)),
    Sobre.DADOS: (_D.VENDER, (_P.VENDAS,)),
    Sobre.DOCUMENTO: (_D.VENDER, (_P.VENDAS,)),
    Sobre.INSTALACAO: (_D.VENDER, (_P.VENDAS,)),
    Sobre.GANHOS: (_D.VENDER, ()),
    Sobre.DESLIGAR: (_D.ADMINISTRAR, (_P.PAINEL,)),
    Sobre.AGENDAMENTO: (_D.AGENDAR, (_P.AGENDAMENTOS,)),
    Sobre.BACKUP: (_D.AUDITAR, (_P.BACKUP,)),
    Sobre.AUDITORIA: (_D.AUDITAR, (_P.AUDITORIA,)),
    Sobre.ACESSO: (_D.ENTRAR_NO_PAINEL, (_P.POOL, _P.PAINEL)),
    Sobre.ROBO: (_D.ENTRAR_NO_PAINEL, (_P.EXECUCOES, _P.STATUS)),
    Sobre.DELEGAR: (_D.DECIDIR, (_P.DELEGAR,)),
    Sobre.RELATORIO: (_D.AGENDAR, (_P.RELATORIO,)),
    Sobre.PESSOAS: (_D.ADMINISTRAR, (_P.USUARIOS, _P.PAINEL)),
    Sobre.SAT: (_D.CUIDAR_DE_PROCESSOS, (_P.PROCESSOS,)),
    Sobre.BAIXAR: (_D.CUIDAR_DE_PROCESSOS, (_P.PROCESSOS,)),
    Sobre.ARQUIVO: (_D.TRAZER_FATURA, ()),
    Sobre.REJEITAR: (_D.DECIDIR, (_P.PENDENTES,)),
    Sobre.APROVAR: (_D.DECIDIR, (_P.PENDENTES,)),
    Sobre.VENCIMENTO: (_D.VER_PROCESSOS, (_P.PENDENTES, _P.PROCESSOS)),
    Sobre.VALOR: (_D.VER_PROCESSOS, (_P.PENDENTES, _P.PROCESSOS)),
    Sobre.FATURA: (_D.VER_PROCESSOS, (_P.PENDENTES, _P.PROCESSOS)),
    Sobre.CLIENTE: (_D.CUIDAR_DE_PROCESSOS, (_P.PROCESSOS, _P.PAINEL)),
    Sobre.HISTORICO: (_D.ATENDER, ()),
    Sobre.RESPOSTAS: (_D.ATENDER, ()),
    Sobre.ANOTAR: (_D.ATENDER, ()),
    Sobre.TRANSFERIR: (_D.ATENDER, (_P.FILA,)),
    Sobre.ENCERRAR: (_D.ATENDER, (_P.FILA,)),
    Sobre.PRESENCA: (_D.ATENDER, (_P.AUSENTE, _P.OFFLINE, _P.ONLINE)),
    Sobre.FILA: (_D.ATENDER, (_P.FILA, _P.ONLINE)),
    Sobre.PLANOS: (_D.VENDER, (_P.VENDER,)),
    Sobre.VENDA: (_D.VENDER, (_P.VENDER, _P.STATUS, _P.VENDAS)),
}
# What is told of a sale is what its seller asks, and no administrator, who has every right.
_OF_SELLERS = frozenset(
    {
        *(Sobre.MATRICULA, Sobre.DESISTIU, Sobre.CORRIGIR_VENDA, Sobre.DADOS, Sobre.DOCUMENTO, Sobre.INSTALACAO),
        *(Sobre.GANHOS, Sobre.PLANOS),
    }
)
# These say by themselves that it is not here.
_SAID_PLAINLY = _OF_SELLERS | {Sobre.DESLIGAR, Sobre.ACESSO}
_WIDE = frozenset({Sobre.VENDA, Sobre.PLANOS, Sobre.FATURA, Sobre.CLIENTE, Sobre.FILA})


async def about(talk: Talk, text: str, *, besides: bool = False) -> tuple[str, list[Choice]] | None:
    """What there is of what a sentence may be about, and the ways to it; None where it is about nothing of theirs.

    `besides`: where something else was asked, only what asks or speaks of one thing.
    """
    if talk.pessoa is None:
        return None
    perfil = Perfil(talk.pessoa.perfil_usuario)
    sobre = next((one for one in subjects_of(text) if _is_theirs(perfil, one)), None)
    clear = sobre not in _WIDE and (text.rstrip().endswith("?") or sobre in _SAID_PLAINLY)
    if sobre is None or (besides and not clear):
        return None
    said = await _said_of(talk, sobre)
    ways = [way_to(palavra) for palavra in _OF[sobre][1] if may_use(palavra, perfil)]
    return said if sobre in _SAID_PLAINLY else f"{_('Não sei se entendi.')} {said}", ways


async def tell_about(talk: Talk, text: str) -> bool:
    """Say it; what they look at stays. False where there is nothing to say."""
    found = await about(talk, text)
    if found is not None:
        said, ways = found
        await talk.say(said, *(looked_at(talk) or ways))
    return found is not None


async def answers_first(talk: Talk, text: str, free: Callable[[], Awaitable[bool]], ask_again: Asked) -> bool:
    """Whether there is an answer to what is asked where a question of ours stands open, which is asked once more.

    `free`: answers it as if none stood open, where somebody can.
    """
    asked = talk.contato.state
    if await free():
        if talk.contato.state == asked:
            await ask_again("")
        return True
    found = await about(talk, text, besides=True)
    if found is not None:
        await ask_again(found[0])
    return found is not None


def _is_theirs(perfil: Perfil, sobre: Sobre) -> bool:
    if sobre is Sobre.ROBO and not (tem(perfil, Direito.CUIDAR_DE_PROCESSOS) or tem(perfil, Direito.VENDER)):
        return False
    return tem(perfil, _OF[sobre][0]) and not (sobre in _OF_SELLERS and tem(perfil, Direito.ADMINISTRAR))


async def _said_of(talk: Talk, sobre: Sobre) -> str:
    assert talk.pessoa is not None
    perfil = talk.pessoa.perfil_usuario
    if sobre is Sobre.MATRICULA and talk.pessoa.matricula_pap:
        return own_matricula(talk.pessoa)
    if sobre is Sobre.DESISTIU and await open_venda_of(talk.tx, talk.pessoa.id) is not None:
        return _("Para desistir da venda, digite CANCELAR.")
    if sobre is Sobre.ACESSO and tem(perfil, Direito.VER_ACESSOS):
        return how_it_is_done(Como.LIBERAR)
    if sobre is Sobre.ACESSO and tem(perfil, Direito.CUIDAR_DE_PROCESSOS):
        return _("Login e senha novos se gravam no painel, em Clientes: os robôs voltam a tentar em seguida.")
    if sobre is Sobre.ACESSO and tem(perfil, Direito.VENDER):
        return how_it_is_done(Como.SENHA)
    if sobre in (Sobre.ACESSO, Sobre.MATRICULA):
        return f"{of_others(Fora.SUPORTE)} {await whom_to_ask(talk)}"
    if sobre is Sobre.ROBO and not tem(perfil, Direito.CUIDAR_DE_PROCESSOS):
        return of_others(Fora.NO_AR)
    if sobre is Sobre.CORRIGIR_FATURA and not tem(perfil, Direito.CUIDAR_DE_PROCESSOS):
        return how_it_is_done(Como.REJEITAR)
    como = _HOW.get(sobre)
    return how_it_is_done(como) if como is not None else _sentences()[sobre]


_HOW = {
    Sobre.DESFAZER: Como.DESFAZER,
    Sobre.CORRIGIR_FATURA: Como.CORRIGIR,
    Sobre.AGENDAMENTO: Como.AGENDAR,
    Sobre.BACKUP: Como.BACKUP,
    Sobre.AUDITORIA: Como.A_AUDITORIA,
    Sobre.DELEGAR: Como.DELEGAR,
    Sobre.PESSOAS: Como.CADASTRAR,
    Sobre.SAT: Como.ENVIAR,
    Sobre.BAIXAR: Como.BAIXAR,
    Sobre.ARQUIVO: Como.TROCAR,
    Sobre.REJEITAR: Como.REJEITAR,
    Sobre.APROVAR: Como.APROVAR,
    Sobre.FATURA: Como.VER_FATURA,
    Sobre.CLIENTE: Como.CLIENTE,
    Sobre.RESPOSTAS: Como.RESPOSTAS,
    Sobre.ANOTAR: Como.NOTA,
    Sobre.TRANSFERIR: Como.TRANSFERIR,
    Sobre.ENCERRAR: Como.ENCERRAR,
    Sobre.PRESENCA: Como.PAUSA,
    Sobre.FILA: Como.ATENDER,
}


def _sentences() -> dict[Sobre, str]:
    return {
        Sobre.DESISTIU: _(
            "Nenhuma venda sua está em andamento. A que já tem pedido se cancela no portal, com o número do pedido."
        ),
        Sobre.CORRIGIR_VENDA: _(
            "O que já foi ao portal se corrige lá, com o número do pedido. Enquanto o robô pergunta, escreva o certo, "
            "como “o CEP é 01310-200”."
        ),
        Sobre.DADOS: _(
            "De cada venda fica quando foi, como terminou e o número do pedido: nome, CPF e telefone de quem comprou "
            "estão no portal."
        ),
        Sobre.DOCUMENTO: _("Contrato, documento e comprovante ficam no portal da operadora: não passam por aqui."),
        Sobre.INSTALACAO: _(
            "Instalação e técnico são da operadora: a data o robô pergunta durante a venda; depois quem diz é o portal."
        ),
        Sobre.GANHOS: of_others(Fora.GANHOS),
        Sobre.DESLIGAR: _("Quem sai da equipe se desativa no painel, em Usuários: o acesso acaba na hora."),
        Sobre.ROBO: _(
            "O que cada robô faz, e por que parou, está em EXECUCOES. Pergunte também como “o portal da Vivo caiu?”."
        ),
        Sobre.RELATORIO: _("Diga de quê e de quando, como “relatório de vendas de ontem”. RELATORIO faz o do mês."),
        Sobre.VENCIMENTO: _("Pergunte como “quais vencem esta semana?” ou “tem alguma atrasada?”."),
        Sobre.VALOR: _("Somo o que você disser, como “quanto dá as da Vivo?”."),
        Sobre.HISTORICO: _(
            "“/protocolo 42” mostra o que foi dito em um atendimento; “/historico” e um telefone, os dessa pessoa."
        ),
        Sobre.PLANOS: of_others(Fora.COBERTURA),
        Sobre.VENDA: _(
            "VENDER começa uma venda, STATUS diz como está a que corre, VENDAS mostra as últimas com o número do "
            "pedido."
        ),
    }
