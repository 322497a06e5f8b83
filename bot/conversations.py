"""Brings what was heard to the dialogs, inside a turn; and opens a conversation that we begin ourselves."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import CallbackQuery

from bot.events import event_of
from core.atendimento.aplicativo import is_left_to_the_app
from core.atendimento.uma_pessoa import be_one
from core.fala.idioma import clearly_spoken, gone_over_to
from core.fala.respostas.emendas import asked_first
from core.heard import PAST_US, Heard
from core.idiomas import LANGUAGES, first_language
from core.outcome import Outcome
from core.palavras import Palavra, is_for_another_bot
from core.pessoa.duvida import notice
from core.pessoa.identidade import note_name, read_anew
from core.presenca.mudancas import note_chat_signs
from core.presenca.presenca import ATENDENTES
from core.robo.presentes import MAY_ANSWER
from core.telefones import same_person_forms
from dialogs.fala.continua import carried_on
from dialogs.fala.de_lado import put_aside
from dialogs.fala.escuta import Ouvido, answers_by_reaction, listen, look_back
from dialogs.fala.esperado import is_for_somebody
from dialogs.frame.buttons import known_beginning
from dialogs.frame.directory import Directory, said_by
from dialogs.frame.i18n import SOURCE
from dialogs.frame.provided import Provided
from dialogs.frame.signs import Sign
from dialogs.frame.state import let_go_unasked, let_lapse
from dialogs.frame.talk import Talk
from dialogs.frame.words import button_sign
from dialogs.pessoa.sobre import answers_first
from dialogs.routers import LAST
from storage.contatos.adiante import read_ahead
from storage.contatos.contatos import Contato, learn_scoped_id, update_contato
from storage.contatos.conversas import add_contato, contato_by_other_ids, hear_from, hear_from_many, open_contato
from storage.transaction import Transaction

# A chat action lasts 5 seconds on Telegram, 25 on WhatsApp; shown again a little earlier (docs of both).
TYPING_SECONDS = {"telegram": 4, "whatsapp": 20}
# What no question has to wait for.
_P = Palavra
_ONLY_SHOWN = (None, _P.VENDAS, _P.PENDENTES, _P.PROCESSOS, _P.EXECUCOES, _P.FILA, _P.PRESENCA)


class Conversations:
    """The meeting point of channels, turns and dialogs."""

    def __init__(self, dispatcher: Dispatcher, bots: Mapping[str, Bot], zone: ZoneInfo, provided: Provided) -> None:
        """`bots` by channel; every one of them has a `RecordingSession`. Handlers get what is `provided` by name."""
        self._storage = dispatcher.storage
        self._directory = Directory(dispatcher)
        self._provided = provided.by_name()
        self._bots = bots
        self._zone = zone

    async def answer(self, tx: Transaction, several: Sequence[Heard]) -> list[Outcome]:
        """Mark the events, lock their conversations, and let the dialogs answer one after the other.

        They are of one channel and of as many conversations.
        """
        if len(several) == 1:
            heard = several[0]
            fresh, contato = await hear_from(tx, heard.channel, heard.external_id, heard.event_id)
            if not fresh:
                return [Outcome.REPEATED]
            await read_ahead(tx, [contato] if contato is not None else [])
            return [await self._answer(tx, heard, contato)]
        new, known = await hear_from_many(tx, several[0].channel, {one.external_id: one.event_id for one in several})
        await read_ahead(tx, known.values())
        said = {one.external_id for one in several if one.event_id in new and PAST_US not in one.update}
        await note_chat_signs(tx, _attendants(contato for key, contato in known.items() if key in said))
        return [
            await self._answer(tx, heard, known.get(heard.external_id)) if heard.event_id in new else Outcome.REPEATED
            for heard in several
        ]

    async def _answer(self, tx: Transaction, heard: Heard, contato: Contato | None) -> Outcome:
        tx.request_id = heard.request_id
        structlog.contextvars.bind_contextvars(request_id=heard.request_id)
        first = contato is None
        if contato is None:
            contato = await self.meet(tx, heard)
        if PAST_US in heard.update:
            # They wrote nothing: it says nothing of who they are, and is no sign of life.
            await self._propagate(heard, self._talk(tx, contato, heard), Ouvido(), None, None)
            return Outcome.DONE
        await be_one(tx, contato, heard.telefone, heard.scoped_id)
        if heard.scoped_id is not None and contato.scoped_id is None:
            await learn_scoped_id(tx, contato, heard.scoped_id)
        note_name(contato, heard.nome)
        await notice(tx, contato, heard)
        await read_anew(tx, contato, heard.telefone)
        if contato.usuario is None:
            await _answer_in_kind(tx, contato, heard, first=first)
        _note_sign_of_life(contato, heard)
        await note_chat_signs(tx, _attendants([contato]))
        talk = self._talk(tx, contato, heard)
        talk.is_first = first
        if heard.channel == "whatsapp" and heard.is_said and not _is_answered_by_people(contato, heard):
            # Marks the message as read and shows that we are typing; where a person answers, they do both.
            await talk.bot.send_chat_action(contato.id, "typing")
        if not _is_for_another_bot(heard, talk.bot):
            # What was asked is over, or not, before anybody listens for its answer.
            answers = heard.is_said or heard.reaction is not None
            vencida = let_lapse(talk.contato, talk.escrita_em or tx.now) if answers else None
            # A tap and a quote show by themselves that it arrived.
            typed = heard.is_said and heard.kind == "message" and heard.quoted_id is None
            nao_chegou = await let_go_unasked(tx, talk.contato) if typed else None
            await self._propagate(heard, talk, await _listened(heard, talk), vencida, nao_chegou)
        return Outcome.DONE

    async def _propagate(
        self, heard: Heard, talk: Talk, ouvido: Ouvido, vencida: str | None, nao_chegou: str | None
    ) -> None:
        """Hand the event to the dialogs, with what is known of it."""
        event = event_of(heard, talk.contato.id, talk.bot)
        if isinstance(event, CallbackQuery) and event.id:
            # Every tap is acknowledged first of all; WhatsApp wants no answer to one.
            await event.answer()
        button = button_sign(event.data) if isinstance(event, CallbackQuery) else None
        sign = Sign(talk.contato.state, ouvido.palavra, ouvido.alheia, button)
        facts = self._facts(talk, ouvido)
        facts["vencida"], facts["nao_chegou"] = vencida, nao_chegou
        text = heard.update.get("message", {}).get("text") or ""
        facts["aside"] = partial(answers_first, talk, text, partial(self._free, heard, talk))
        if (handle := await self._directory.find(heard.kind, sign, event, facts)) is not None:
            await handle()

    async def _free(self, heard: Heard, talk: Talk) -> bool:
        """Hear it once more as if no question were open. What only a word or a tap begins is none of it, nor is what is
        said where nothing was understood.
        """
        contato, text = talk.contato, heard.update.get("message", {}).get("text")
        if not text or talk.is_attended or contato.state is None or await is_for_somebody(talk):
            return False
        text = asked_first(text)
        heard.in_full(text)
        kept = contato.state, contato.state_data, contato.choices
        contato.state, contato.state_data, contato.choices = None, {}, None
        ouvido, handle = await listen(talk, text), None
        if ouvido.palavra in _ONLY_SHOWN and ouvido.tap is None:
            sign = Sign(None, ouvido.palavra, ouvido.alheia, None)
            event, facts = event_of(heard, contato.id, talk.bot), self._facts(talk, ouvido)
            handle = await self._directory.find(heard.kind, sign, event, facts)
        answers = handle is not None and said_by(handle) not in LAST
        if answers and handle is not None:
            await handle()
        if contato.state is None:
            contato.state, contato.state_data, contato.choices = kept
        return answers

    def _facts(self, talk: Talk, ouvido: Ouvido) -> dict[str, Any]:
        return self._provided | {
            "bot": talk.bot,
            "state": talk.state,
            "raw_state": talk.contato.state,
            "talk": talk,
            "palavra": ouvido.palavra,
            "argumento": ouvido.argumento,
            "alheia": ouvido.alheia,
            "entendido": ouvido.entendido,
            "open_talk": self.open,
        }

    async def open(self, tx: Transaction, contato_id: int) -> Talk | None:
        """Lock a conversation so that this turn may say something in it; None when it cannot be reached."""
        contato = await open_contato(tx, contato_id)
        if contato is None or contato.channel not in self._bots:
            return None
        await read_anew(tx, contato)
        return self._talk(tx, contato)

    async def show_typing(self, tx: Transaction, contato_ids: Sequence[int]) -> int:
        """Show that we type, in these conversations; for how many seconds there is nothing new to show."""
        shown = [TYPING_SECONDS["whatsapp"]]
        for contato_id in contato_ids:
            if talk := await self.open(tx, contato_id):
                await talk.bot.send_chat_action(contato_id, "typing")
                shown.append(TYPING_SECONDS[talk.contato.channel])
        return min(shown)

    def _talk(self, tx: Transaction, contato: Contato, heard: Heard | None = None) -> Talk:
        bot = self._bots[contato.channel]
        key = StorageKey(bot_id=bot.id, chat_id=contato.id, user_id=contato.id)
        talk = Talk(tx=tx, contato=contato, bot=bot, state=FSMContext(self._storage, key), zone=self._zone)
        if heard is not None:
            talk.inbound_id, talk.quoted_id, talk.topic = heard.inbound_id, heard.quoted_id, heard.topic
            talk.escrita_em = min(heard.at, tx.now)
            talk.language_unknown = contato.usuario is None and _language_of(heard) is None
        talk.speak()
        return talk

    async def meet(self, tx: Transaction, heard: Heard) -> Contato:
        """The person by their other id, or a new one."""
        other_ids = _other_ids(heard)
        if other_ids and (known := await contato_by_other_ids(tx, heard.channel, other_ids)):
            return known
        return await add_contato(
            tx,
            heard.channel,
            heard.external_id,
            scoped_id=heard.scoped_id,
            telefone=heard.telefone,
            nome=heard.nome,
            idioma=_language_of(heard) or SOURCE,
        )


def _attendants(contatos: Iterable[Contato]) -> list[UUID]:
    return [one.usuario.id for one in contatos if one.usuario and one.usuario.perfil_usuario in ATENDENTES]


def _language_of(heard: Heard) -> str | None:
    return first_language(heard.idioma, heard.telefone, heard.scoped_id)


async def _answer_in_kind(tx: Transaction, contato: Contato, heard: Heard, *, first: bool) -> None:
    """A customer whose channel names no language is answered in the one they begin in; and all, as they change it."""
    text = heard.update.get("message", {}).get("text") or ""
    code = clearly_spoken(text) if first and heard.idioma is None else gone_over_to(text)
    spoken = LANGUAGES.get(code or "")
    if spoken is not None and spoken != contato.idioma:
        await update_contato(tx, contato.id, idioma=spoken)
        contato.idioma = spoken


def _other_ids(heard: Heard) -> tuple[str, ...]:
    """A mobile is one person with and without its ninth digit, and one business-scoped id is one person."""
    forms = same_person_forms(heard.telefone) if heard.telefone else ()
    return (*forms, heard.scoped_id) if heard.scoped_id else forms


def _note_sign_of_life(contato: Contato, heard: Heard) -> None:
    if contato.unreachable_at is not None:
        contato.unreachable_at = None
        contato.changed = True
    # WhatsApp has a window and shows under which message we type; an attendant is spoken to where they wrote last, and
    # a robot's question goes to who was here just now. For everybody else it would be a write per message for nothing.
    is_sought = contato.usuario is not None and contato.usuario.perfil_usuario in (*ATENDENTES, *MAY_ANSWER)
    if not heard.is_said or (heard.channel != "whatsapp" and not is_sought):
        return
    # Messages come late and out of order; the newest one says how long we may answer freely.
    if contato.last_inbound_at is None or heard.at >= contato.last_inbound_at:
        contato.last_inbound_id = heard.inbound_id
        contato.last_inbound_at = heard.at
        contato.changed = True


def _is_answered_by_people(contato: Contato, heard: Heard) -> bool:
    return contato.atendimento_id is not None or is_left_to_the_app(contato, heard.at)


def _is_for_another_bot(heard: Heard, bot: Bot) -> bool:
    text = heard.update.get("message", {}).get("text")
    return bool(text) and is_for_another_bot(text, getattr(bot, "username", None))


async def _listened(heard: Heard, talk: Talk) -> Ouvido:
    """What was typed, understood once for all filters; what names a choice becomes the tap on it."""
    emoji = heard.reaction
    if emoji is not None and await answers_by_reaction(talk, emoji):
        heard.as_text(emoji)
    if heard.label and talk.pessoa is None and known_beginning(heard.update["callback_query"]["data"]) is None:
        # A button of somebody else's message, such as a campaign's: to a customer it was an answer in words.
        heard.as_said()
    text = heard.update.get("message", {}).get("text")
    if text and heard.quoted_id is not None:
        await look_back(talk)
    if text and (whole := await carried_on(talk, text)) != text:
        heard.in_full(whole)
        text = whole
    if text:
        await put_aside(talk, text)
    ouvido = await listen(talk, text) if text else Ouvido()
    if ouvido.tap is not None:
        heard.as_tap(ouvido.tap)
    return ouvido
