"""What is asked where a phrase is no schedule yet; and what a phrase may name."""

from typing import cast

from core.agendamento.cron import InvalidCron
from core.agendamento.falado.conhecido import Conhecido, OperadoraDita, PessoaDita
from core.agendamento.falado.frase import Duvida, Perguntar
from core.textos import CITADO, shortened
from dialogs.agendamento.frases import invalid_cron
from dialogs.frame.i18n import _, in_language
from dialogs.frame.talk import Talk
from storage.operadora.operadoras import operadoras_by_codigo
from storage.pessoa.usuarios import active_names

D = Duvida


async def conhecido_of(talk: Talk) -> Conhecido:
    """Every active operadora and person, and who speaks."""
    assert talk.pessoa is not None
    operadoras = await operadoras_by_codigo(talk.tx.connection, ())
    people = await active_names(talk.tx.connection)
    return Conhecido(
        [OperadoraDita(one.codigo, one.nome, one.possui_rpa) for one in operadoras if one.status_ativo],
        [PessoaDita(row.nome_completo, row.telefone) for row in people],
        talk.pessoa.telefone,
    )


def question(asked: Perguntar) -> str:
    """What is missing, and how to say it. Whoever answers writes the whole phrase again."""
    return _("{pergunta} Escreva a frase de novo, ou CANCELAR.").format(pergunta=_asked(asked))


def why_not(wrong: Exception, idioma: str) -> str:
    """Why a phrase or an expression is no schedule, for somebody who reads it elsewhere than in chat."""
    with in_language(idioma):
        return _asked(wrong) if isinstance(wrong, Perguntar) else invalid_cron(cast(InvalidCron, wrong))


def _asked(asked: Perguntar) -> str:
    return (_when() | _what())[asked.duvida].format(trecho=shortened(asked.trecho, CITADO))


def _what() -> dict[Duvida, str]:
    return {
        D.EMPTY: _("Diga o que agendar, em que dias e a que hora."),
        D.NOT_UNDERSTOOD: _("Não entendi “{trecho}”."),
        D.NO_TASK: _(
            "O que é para fazer? Baixar faturas, criar os processos, backup, limpar logs ou mandar relatório."
        ),
        D.TWO_TASKS: _("São duas tarefas: agende uma de cada vez."),
        D.NEGATION: _("Aqui se cria um agendamento; para parar um, toque em Pausar ou Excluir em AGENDAMENTOS."),
        D.CONDITION: _("Um agendamento não espera por condições (“{trecho}”): só por dias e horas."),
        D.EXCEPTION: _("Não sei deixar de fora “{trecho}”. Diga os dias, ou as operadoras, que valem."),
        D.LIMITS: _("Não sei começar nem terminar em uma data (“{trecho}”): um agendamento vale até ser pausado."),
        D.NO_OPERADORA: _("De que operadora? Diga o nome, ou “todas as operadoras”."),
        D.UNKNOWN_OPERADORA: _("Não há operadora “{trecho}”."),
        D.AMBIGUOUS_OPERADORA: _("Qual delas? “{trecho}” pode ser mais de uma coisa."),
        D.NO_ROBOT: _("{trecho} não tem robô: não há o que baixar."),
        D.NO_RECIPIENT: _("Para quem vai o relatório? Diga um nome, um telefone ou um perfil."),
        D.UNKNOWN_PERSON: _("Não há ninguém registrado como “{trecho}”."),
        D.AMBIGUOUS_PERSON: _("Há mais de um “{trecho}”: diga o nome inteiro ou o telefone."),
        D.NO_PERIODO: _("Relatório semanal ou mensal?"),
        D.BAD_NUMBER: _("“{trecho}” não serve: de 1 dia a 10 anos."),
    }


def _when() -> dict[Duvida, str]:
    once = _("Isso é uma vez só (“{trecho}”), e um agendamento se repete: diga “toda”, “todo” ou “de cada mês”.")
    return {
        D.PAST: _("“{trecho}” já passou."),
        D.ONCE: once,
        D.RECURRING: once,
        D.NO_DAYS: _("Em que dias? Por exemplo: todo dia, dias úteis, toda segunda, todo dia 5."),
        D.NO_TIME: _("A que hora? Por exemplo: às 8, 7h30, meio-dia."),
        D.NO_WEEKDAY: _("Em que dia da semana?"),
        D.NO_MONTH_DAY: _("Em que dia do mês?"),
        D.NTH_WORKDAY: _("Não sei contar dias úteis (“{trecho}”): diga um dia do mês, ou o último dia útil."),
        D.VAGUE_DAY: _("Em que dia, exatamente? “{trecho}” pode ser mais de um."),
        D.VAGUE_TIME: _("A que hora, exatamente? “{trecho}” pode ser mais de uma."),
        D.VAGUE_FREQUENCY: _("Quando, exatamente? “{trecho}” não diz os dias nem a hora."),
        D.BAD_TIME: _("Não existe a hora “{trecho}”."),
        D.BAD_DAY: _("Não existe “{trecho}”."),
        D.AMBIGUOUS_TIME: _("“{trecho}” são duas horas, ou uma hora e minutos? Escreva como 10h15, ou 10h e 15h."),
        D.TIMES_APART: _("Horas com minutos diferentes são dois agendamentos: faça um para cada."),
        D.MIDNIGHT: _("Meia-noite de que dia? Diga 0h do dia seguinte, ou 23h59."),
        D.NOT_EVERY_MONTH: _("Nem todo mês tem “{trecho}”: diga um dia até 28, ou o último dia do mês."),
        D.DAYS_CLASH: _("Esses dias não cabem em uma regra só: faça um agendamento para cada."),
        D.INTERVAL: _("“{trecho}” não se repete igual todo dia: diga horas que dividem o dia, ou dias da semana."),
        D.WINDOW: _("Um intervalo de horas só vale de hora em hora, com horas cheias."),
    }
