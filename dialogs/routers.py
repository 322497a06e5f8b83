"""All dialogs, in the order in which they are asked: the words that work everywhere first, the rest last."""

from functools import cache

from aiogram import Dispatcher

from dialogs import arquivos, fallback, vencidas
from dialogs.agendamento import agendamentos, falados, novo
from dialogs.atendimento import aplicativo, atendimento, fila, meus, notas, ordens, transferencia
from dialogs.auditoria import auditoria
from dialogs.backup import backup
from dialogs.conversa import conversa, janela, respostas_rapidas, transcricao
from dialogs.customer import avaliacao, customer, emergencia, protocolo
from dialogs.delegacao import delegar
from dialogs.exame import senha
from dialogs.fala import comparacoes, decisoes, ofertas, operacao, tela, valores
from dialogs.frame.state import TurnStorage
from dialogs.importacao import importacao
from dialogs.lote import lote
from dialogs.painel import painel
from dialogs.pessoa import (
    acesso,
    administracao,
    agora,
    como,
    da_equipe,
    duvida,
    fora,
    identidade,
    menu,
    perigosas,
    quem_fala,
    titular,
)
from dialogs.presenca import correcao, presenca
from dialogs.processo import aprovacao, execucoes, ficha, lembretes, pendentes, processos, trazida
from dialogs.relatorio import relatorio
from dialogs.reprocesso import reprocesso
from dialogs.robo import respostas as respostas_robo
from dialogs.venda import acompanhamento, adiantadas, cancelamento, correcoes, perguntas, venda

# An order to us is read by no customer; what is taken back is no answer, and several answers are not one.
_TO_CUSTOMERS = (ordens.router, conversa.consultores)
_ON_INVOICES = (aprovacao.router, decisoes.router, comparacoes.router, valores.router)
# How something is done, who answers, one's own data: no answers to what is asked, whatever that is.
_NO_ANSWERS = (
    aplicativo.router,  # a customer whom somebody answers past us is answered by them
    emergencia.router,
    acesso.router,
    como.router,
    quem_fala.router,
    agora.router,
    auditoria.de_alguem,
    operacao.router,
    meus.router,
    titular.router,
    protocolo.router,
    da_equipe.router,
    fora.router,
)
# A whole schedule may name an operadora: it is no search for an invoice.
_SCHEDULES = (falados.router, novo.router)
_PRESENCE = (correcao.router, presenca.router)
# What is on the screen is meant before anything else; all of them are more than some.
_SEARCHES = (tela.router, lote.router, processos.router)
_ELSE = (perigosas.router, perigosas.outros, ofertas.router, fallback.router)
# What is left to say where nobody has an answer.
LAST = frozenset({ofertas.__name__, fallback.__name__})
_OF_CUSTOMERS = (customer.router, avaliacao.router)
_TO_ROBOTS = (correcoes.router, adiantadas.router, perguntas.router)


@cache
def the_dispatcher() -> Dispatcher:
    """The one dispatcher over every dialog (aiogram's routers hang in one tree only); it holds nothing of a turn."""
    dispatcher = Dispatcher(storage=TurnStorage())
    dispatcher.include_routers(
        fallback.gone,
        conversa.customers,
        # What comes after its time is not acted on, whatever it says.
        vencidas.router,
        *_NO_ANSWERS,
        ofertas.respostas,
        venda.router,
        notas.router,  # CANCELAR gives up a note before it gives up a sale
        respostas_robo.router,
        senha.router,
        *_ON_INVOICES,
        pendentes.router,
        lembretes.router,
        delegar.router,
        *_SCHEDULES,
        ficha.router,
        trazida.router,
        importacao.router,
        *_SEARCHES,
        execucoes.router,
        cancelamento.router,
        acompanhamento.router,
        atendimento.router,
        transferencia.router,
        fila.router,
        respostas_rapidas.router,
        transcricao.router,
        janela.router,
        *_PRESENCE,
        administracao.router,
        duvida.router,
        reprocesso.router,
        agendamentos.router,
        backup.router,
        painel.router,
        relatorio.router,
        auditoria.router,
        menu.router,
        identidade.router,
        *_TO_CUSTOMERS,
        *_OF_CUSTOMERS,
        *_TO_ROBOTS,
        arquivos.router,
        *_ELSE,
    )
    return dispatcher
