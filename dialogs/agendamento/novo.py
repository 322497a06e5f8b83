"""A new schedule, a tap at a time: what it does, on which days, at what hour; read back before it is made."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.agendamento.agendamentos import AgendamentoRepetido, criar
from core.agendamento.cron import InvalidCron, check_cron, next_runs
from core.agendamento.falado.entender import Entendido, entender, may_be_schedule
from core.agendamento.falado.frase import Duvida, Perguntar
from core.agendamento.falado.horas import at_another_hour, hora_dita
from core.agendamento.nomeados import NinguemAssim
from core.agendamento.parametros import check_parametros
from core.direitos.direitos import Direito
from core.fala.lexico.texto import cleaned, plain
from core.fala.respostas.emendas import begins_with_no, said_instead
from core.palavras import Palavra
from core.processo.ensaio import ensaiar
from core.processo.limites import ProcessoLimits
from dialogs.agendamento import frases, perguntas
from dialogs.agendamento.agendamentos import NEXT_RUNS, show
from dialogs.agendamento.buttons import ChooseDias, ChooseHora, ChooseTipo, ConfirmAgendamento, NewAgendamento
from dialogs.agendamento.leitura import in_words
from dialogs.agendamento.perguntas import conhecido_of
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Offered
from dialogs.frame.talk import Talk
from dialogs.frame.words import Word, WordButton, on_word
from dialogs.pessoa.administracao import Administrator
from storage.agendamento.tipos import TipoAgendamento

router = Router(name="novo_agendamento")
router.message.filter(Administrator(Direito.AGENDAR))
router.callback_query.filter(Administrator(Direito.AGENDAR))

_DAYS = {"todo": "* * *", "uteis": "* * 1-5", "segunda": "* * 1", "domingo": "* * 0", "dia1": "1 * *"}
_HOUR = re.compile(r"(?:as|às)?\s*(\d{1,2})(?:\s*(?:h|:|hs|horas)\s*(\d{2})?\s*(?:min)?)?", re.IGNORECASE)
_OFFERED = ("0200", "0600", "0800", "1200", "1800", "2200")


class Agendar(StatesGroup):
    """A schedule being made."""

    frase = State()
    hora = State()
    cron = State()
    confirmacao = State()


class Said(Filter):
    """A text that is no chat word: those work everywhere."""

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra is None and event.text is not None


# What is left to ask once the task, the days and an hour were said.
_DOUBTS_OF_A_WHOLE_ONE = frozenset(
    {
        *(Duvida.NOT_EVERY_MONTH, Duvida.BAD_TIME, Duvida.NO_RECIPIENT, Duvida.BAD_DAY, Duvida.RECURRING),
        *(Duvida.ONCE, Duvida.VAGUE_TIME, Duvida.NO_PERIODO, Duvida.NO_OPERADORA, Duvida.UNKNOWN_OPERADORA),
        *(Duvida.INTERVAL, Duvida.WINDOW),
    }
)
# An hour is said with these, or none is needed to see that it is not for now.
_NOT_NOW = frozenset({Duvida.ONCE, Duvida.VAGUE_TIME, Duvida.INTERVAL})
_SAYS_AN_HOUR = re.compile(
    r"\b\d{1,2}(?:\s?h\b|:\d\d|h\d\d)"
    r"|\b[aà]s (?:\d|uma|duas|tr[eê]s|quatro|cinco|seis|sete|oito|nove|dez|onze|doze)|meio[- ]dia|\bat \d",
    re.IGNORECASE,
)
# "Agenda o backup pras 3": what is left out of it is asked.
_ASKS_FOR_ONE = re.compile(
    r"(?:(?:por favor|pf|pode|quero|preciso|da pra|vamos|bora)[ ,]+)*(?:agend(?:a|e|ar)|program(?:a|e|ar)) (?:o |a "
    r"|os |as |um |uma )?"
    r"(?:backup|download|baixar|relatorio|limpeza|limpar|criacao|processos|envio)"
)
# Of a task that was tapped, how it begins when it is said.
_SAID_AS = {
    TipoAgendamento.BACKUP_DIARIO_BD: "backup do banco",
    TipoAgendamento.BACKUP_DADOS: "backup de dados",
    TipoAgendamento.LIMPEZA_LOGS: "limpar logs",
    TipoAgendamento.ENVIAR_RELATORIOS: "mandar relatorio",
    TipoAgendamento.CRIAR_PROCESSOS_MENSAIS: "criar processos",
    TipoAgendamento.EXECUTAR_DOWNLOADS: "baixar",
}


# In the conversation's data: the schedule that was half said.
_BEFORE, _LONGEST = "agendar_dito", 300
_GOES_ON = frozenset({Duvida.NO_DAYS, Duvida.NO_TIME, Duvida.NO_WEEKDAY, Duvida.NO_MONTH_DAY, Duvida.NO_PERIODO})


class SaidAsSchedule(Filter):
    """A whole schedule in one sentence, where nothing is waited for; given as `dito`. Half a one is no schedule.

    With days and an hour it is one, though one thing about it cannot be: given as `duvida`, to be asked.
    """

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Entendido | Perguntar | None]:
        text = event.text or ""
        contato = talk.contato
        if contato.state is not None or contato.atendimento_id is not None or talk.topic is not None:
            return False
        asks_for_one = _ASKS_FOR_ONE.match(plain(cleaned(text)).strip()) is not None
        if not asks_for_one and not may_be_schedule(text):
            return False
        try:
            return {"dito": entender(text, await conhecido_of(talk)), "duvida": None}
        except Perguntar as asked:
            if asks_for_one and asked.duvida in _GOES_ON:
                return {"dito": None, "duvida": asked}
            says_when = asked.duvida in _NOT_NOW or _SAYS_AN_HOUR.search(text) is not None
            is_one = asked.duvida in _DOUBTS_OF_A_WHOLE_ONE and says_when
            return {"dito": None, "duvida": asked} if is_one else False


@router.message(Word(Palavra.CANCELAR), Offered(ChooseDias))
@on_word(router, Palavra.CANCELAR, Agendar.frase, Agendar.hora, Agendar.cron, Agendar.confirmacao)
async def give_up(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Está bem, nenhum agendamento foi criado."))


@router.callback_query(Tap(NewAgendamento))
async def begin(event: CallbackQuery, talk: Talk) -> None:
    choices = [(frases.name_of(tipo), ChooseTipo(tipo=tipo)) for tipo in TipoAgendamento]
    await talk.state.set_state(Agendar.frase)
    await talk.say(_("O que agendar? Toque em um, ou escreva, como: todo dia útil às 8 baixar Vivo."), *choices)


@router.message(Said(), StateFilter(Agendar.frase))
async def said(event: Message, talk: Talk, processo_limits: ProcessoLimits) -> None:
    """A phrase becomes the schedule that is read back, or a question; nothing of it is guessed."""
    try:
        text = event.text or ""
        found = await _read(talk, _last_said(text) if begins_with_no(text) else text)
    except Perguntar as asked:
        before = (await talk.state.get_data()).get(_BEFORE)
        if isinstance(before, str) and asked.duvida in _GOES_ON:
            # What was said of it so far.
            await talk.state.update_data({_BEFORE: f"{before}, {event.text or ''}"[-_LONGEST:]})
        await talk.say(perguntas.question(asked))
        return
    await _understood(talk, found, processo_limits)


async def _read(talk: Talk, text: str) -> Entendido:
    """As it is said; where a task was tapped or said before, its days and hour. Raises Perguntar."""
    known = await conhecido_of(talk)
    data = await talk.state.get_data()
    chosen, before = (data.get("agendar") or {}).get("tipo"), data.get(_BEFORE)
    try:
        return entender(text, known)
    except Perguntar as asked:
        if asked.duvida is Duvida.NO_TASK and isinstance(before, str):
            return entender(f"{before}, {text}", known)
        if asked.duvida is not Duvida.NO_TASK or chosen not in _SAID_AS:
            raise
    return entender(f"{_SAID_AS[TipoAgendamento(chosen)]} {text}", known)


@router.message(SaidAsSchedule())
async def said_unasked(
    event: Message, talk: Talk, dito: Entendido | None, duvida: Perguntar | None, processo_limits: ProcessoLimits
) -> None:
    """Nobody has to ask for a new schedule first: it is read back, and made after a yes."""
    if dito is not None:
        await _understood(talk, dito, processo_limits)
    elif duvida is not None:
        await talk.state.set_state(Agendar.frase)
        await talk.state.update_data({_BEFORE: event.text or ""})
        await talk.say(perguntas.question(duvida))


async def _understood(talk: Talk, found: Entendido, limits: ProcessoLimits) -> None:
    await talk.state.update_data(agendar={"tipo": found.tipo.value, "parametros": found.parametros})
    await _read_back(talk, found.cron, limits)


@router.callback_query(Tap(ChooseTipo))
async def tipo_chosen(event: CallbackQuery, talk: Talk, button: ChooseTipo) -> None:
    await talk.state.update_data(agendar={"tipo": button.tipo.value})
    await talk.say(
        _("{tipo}. Em que dias?").format(tipo=frases.name_of(button.tipo)),
        (_("Todo dia"), ChooseDias(dias="todo")),
        (_("Dias úteis"), ChooseDias(dias="uteis")),
        (_("Toda segunda"), ChooseDias(dias="segunda")),
        (_("Todo domingo"), ChooseDias(dias="domingo")),
        (_("Todo dia 1"), ChooseDias(dias="dia1")),
        (_("Outro (cron)"), ChooseDias(dias="outro")),
    )


@router.callback_query(Tap(ChooseDias))
async def dias_chosen(event: CallbackQuery, talk: Talk, button: ChooseDias) -> None:
    agendar = await _so_far(talk)
    if agendar is None:
        return
    if button.dias == "outro":
        await talk.state.set_state(Agendar.cron)
        await talk.say(_("Escreva a expressão cron: minuto hora dia mês dia-da-semana. Exemplo: 0 8 * * 1-5"))
        return
    await talk.state.update_data(agendar=agendar | {"dias": button.dias})
    await talk.state.set_state(Agendar.hora)
    hours = [(f"{hora[:2]}:{hora[2:]}", ChooseHora(hora=hora)) for hora in _OFFERED]
    await talk.say(_("A que horas? Toque em uma, ou escreva, como 7h30."), *hours)


@router.callback_query(Tap(ChooseHora), StateFilter(Agendar.hora))
async def hora_chosen(event: CallbackQuery, talk: Talk, button: ChooseHora, processo_limits: ProcessoLimits) -> None:
    await _at(talk, int(button.hora[:2]), int(button.hora[2:]), processo_limits)


@router.message(Said(), StateFilter(Agendar.hora))
async def hora_typed(event: Message, talk: Talk, processo_limits: ProcessoLimits) -> None:
    found = _HOUR.fullmatch((event.text or "").strip())
    try:
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else hora_dita(_last_said(event.text or ""))
    except Perguntar:
        hour, minute = 99, 0
    if hour > 23 or minute > 59:
        await talk.say(_("Não entendi a hora. Escreva como 8h ou 08:30, ou CANCELAR."))
        return
    await _at(talk, hour, minute, processo_limits)


def _last_said(text: str) -> str:
    """ "Não, às 5", "às 5 não, às 6": what stands in the place of what was taken back."""
    return said_instead(text) or text


class OtherHour(Filter):
    """ "Não, às 4", where what was read back is to be confirmed; given as `outra_hora`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, str]:
        cron = ((await talk.state.get_data()).get("agendar") or {}).get("cron", "")
        outra = at_another_hour(cron, event.text or "")
        return False if outra is None else {"outra_hora": outra}


@router.message(Said(), StateFilter(Agendar.confirmacao), OtherHour())
async def other_hour(event: Message, talk: Talk, outra_hora: str, processo_limits: ProcessoLimits) -> None:
    """The same one at that hour, read back again."""
    await _read_back(talk, outra_hora, processo_limits)


@router.message(Said(), StateFilter(Agendar.cron))
async def cron_typed(event: Message, talk: Talk, processo_limits: ProcessoLimits) -> None:
    try:
        cron = check_cron(event.text or "")
    except InvalidCron as error:
        await talk.say(_("{motivo} Escreva de novo, ou CANCELAR.").format(motivo=frases.invalid_cron(error)))
        return
    await _read_back(talk, cron, processo_limits)


async def _at(talk: Talk, hour: int, minute: int, limits: ProcessoLimits) -> None:
    agendar = await _so_far(talk)
    if agendar is not None and agendar.get("dias") in _DAYS:
        await _read_back(talk, f"{minute} {hour} {_DAYS[agendar['dias']]}", limits)


async def _read_back(talk: Talk, cron: str, limits: ProcessoLimits) -> None:
    """Nothing is made before this was read and confirmed; downloads are rehearsed."""
    agendar = await _so_far(talk)
    if agendar is None:
        return
    await talk.state.update_data(agendar=agendar | {"cron": cron})
    await talk.state.set_state(Agendar.confirmacao)
    runs = next_runs(cron, talk.tx.now, talk.zone, NEXT_RUNS)
    parametros = check_parametros(agendar["tipo"], agendar.get("parametros", {}))
    lines = [_("{tipo}: {quando}.").format(tipo=frases.name_of(agendar["tipo"]), quando=in_words(cron))]
    if details := frases.parameters(agendar.get("parametros", {})):
        lines.append(details)
    lines.append(_("Próximas: {quando}").format(quando=", ".join(talk.local_time(run) for run in runs)))
    if agendar["tipo"] == TipoAgendamento.EXECUTAR_DOWNLOADS:
        ensaio = await ensaiar(talk.tx.connection, parametros, runs[0], talk.tx.now, talk.zone, limits)
        lines.append(frases.rehearsed(ensaio, talk.zone))
    text = "\n".join([*lines, _("Criar?")])
    await talk.say(text, (_("Criar"), ConfirmAgendamento()), (_("Cancelar"), WordButton(palavra=Palavra.CANCELAR)))


@on_word(router, Palavra.SIM, Agendar.confirmacao)
@router.callback_query(Tap(ConfirmAgendamento), StateFilter(Agendar.confirmacao))
async def confirmed(event: Message | CallbackQuery, talk: Talk) -> None:
    agendar = await _so_far(talk)
    if agendar is None:
        return
    assert talk.pessoa is not None
    await talk.state.clear()
    tipo, cron = agendar["tipo"], agendar["cron"]
    parametros = agendar.get("parametros", {})
    of_whom = ", ".join(parametros.get("operadoras") or parametros.get("para") or [])
    nome = f"{frases.name_of(tipo)}{' ' * bool(of_whom)}{of_whom}, {in_words(cron)}"[:120]
    values = {
        "nome_agendamento": nome,
        "cron_expressao": cron,
        "tipo_agendamento": tipo,
        "parametros_execucao": parametros,
    }
    try:
        made = await criar(talk.tx, values, talk.autor)
    except AgendamentoRepetido:
        await talk.say(_("Já existe um agendamento igual: {nome}. Nada foi criado.").format(nome=nome))
        return
    except NinguemAssim:
        # Renamed, or gone, since it was asked about.
        await _no_longer(talk)
        return
    await show(talk, made, _("Agendamento criado."))


@router.callback_query(Tap(ChooseHora, ConfirmAgendamento))
async def too_late(event: CallbackQuery, talk: Talk) -> None:
    """Tapped once more, or after it was made or given up."""
    await _no_longer(talk)


@on_word(router, Palavra.NAO, Agendar.frase, Agendar.hora, Agendar.cron, Agendar.confirmacao)
async def declined(event: Message | CallbackQuery, talk: Talk) -> None:
    await give_up(event, talk)


async def _so_far(talk: Talk) -> dict[str, Any] | None:
    """What was chosen; a button of a message that is long past begins anew."""
    found: dict[str, Any] | None = (await talk.state.get_data()).get("agendar")
    if found is None:
        await _no_longer(talk)
    return found


async def _no_longer(talk: Talk) -> None:
    await talk.say(_("Esse agendamento já passou. Comece de novo com AGENDAMENTOS."))
