"""Everything a process talks with, and who is given what of it."""

import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from redis.asyncio import Redis

from bot.agendamento.sender import AgendamentoSender
from bot.agendamento.tarefas import make_tarefas
from bot.atendimento.turns import AtendimentoTurns
from bot.backup.copies import Backups
from bot.backup.places import warnings as warnings_of_backup
from bot.channels.downloads import Downloads
from bot.channels.telegram.sender import TelegramLimits, TelegramSender
from bot.channels.whatsapp.sender import WhatsappSender
from bot.conversations import Conversations
from bot.da_vez import DaVez
from bot.faturas.leitor import Leitor
from bot.follow_ups.agendamento import AgendamentoFollowUps
from bot.follow_ups.contas import ContasFollowUps
from bot.follow_ups.conversa import ConversaFollowUps
from bot.follow_ups.presenca import PresencaFollowUps
from bot.follow_ups.reprocesso import Reprocesso
from bot.follow_ups.venda import VendaFollowUps
from bot.handlers import follow_up_sender, robot_sender, work_senders
from bot.hearing import Hearing
from bot.importacao.painel import ImportacoesDoPainel
from bot.outbox.courier import Courier
from bot.outbox.sender import Sender
from bot.processo.turns import ProcessoTurns
from bot.robots.andamento import AndamentoTurns
from bot.robots.api import RobotsApi
from bot.robots.events import RobotEvents
from bot.robots.execucao_events import ExecucaoEvents
from bot.robots.execucoes import ExecucaoSender
from bot.robots.perguntas import PerguntaTurns
from bot.robots.sender import RobotSender
from bot.runtime.redis_client import LISTENER_PATIENCE_SECONDS, connect_redis, guarded
from bot.senders.backup import BackupSender
from bot.senders.faturas.guarded import GuardedDownloads
from bot.senders.faturas.notas import NotaSender
from bot.senders.faturas.reading import Reading
from bot.senders.faturas.sender import FaturaSender
from bot.senders.faturas.store import DocumentoStore
from bot.senders.faturas.trazidas import BroughtSender
from bot.senders.files import FileSender
from bot.senders.importacao.sender import ImportSender
from bot.senders.live import LiveSender
from bot.senders.pipedrive import PipedriveSender
from bot.senders.presenca.sender import PresenceSender
from bot.senders.relatorio.sender import ReportSender
from bot.senders.transcricao.sender import TranscriptSender
from bot.settings import Settings
from bot.turn import Turns
from bot.wiring import limits
from bot.wiring.delivered import Delivered
from bot.wiring.neighbours import bots_of, open_neighbours
from core.pessoa.tokens import Tokens
from core.time import Clock, utc_now
from dialogs.agendamento.leitura import in_words_of
from dialogs.agendamento.perguntas import why_not
from dialogs.frame.provided import Provided
from dialogs.processo.recusas import refusal_text_of
from dialogs.processo.testemunhas import explain
from dialogs.routers import the_dispatcher
from storage.backup.keys import BackupKeys
from storage.database import Database
from storage.live import LiveBus
from storage.objects import ObjectStore
from storage.secrets import SecretBox
from webhooks.given import Callers, Engines, FaturaDoor, Given, PresencaDoor, RobotDoor, TelegramDoor, WhatsappDoor
from webhooks.painel.painel import Achado, Painel
from webhooks.people import People

# How long calls being made have to finish at the end; with the web's own 5 s within the 25 s of a SIGTERM.
_DRAIN_SECONDS = 15.0


@dataclass
class Wiring:
    """Everything a process talks with, built once from the settings. Close it with `close()`."""

    settings: Settings
    clock: Clock = utc_now
    chance: random.Random = field(default_factory=random.SystemRandom)
    telegram_limits: TelegramLimits = field(default_factory=TelegramLimits)

    def __post_init__(self) -> None:
        settings = self.settings
        self.lock_ttl = timedelta(seconds=settings.bo_lock_ttl)
        self.atendimento_limits = limits.of_atendimentos(settings)
        self.processo_limits = limits.of_processos(settings)
        self.presence_limits = limits.of_presence(settings)
        self.database = Database(settings.database_url)
        self.redis: Redis = guarded(connect_redis(settings.redis_url))
        self.secrets = SecretBox(settings.fernet_keys)
        self.live = LiveBus(connect_redis(settings.redis_url, LISTENER_PATIENCE_SECONDS), self.secrets)
        self.tokens = Tokens(settings.jwt_secret.get_secret_value())
        self.people = People(self.database, self.clock)
        self._delivered = Delivered(self.people)
        self.turns = Turns(self.database, self.redis, self.secrets, self.clock, self._delivered)
        self.da_vez = DaVez(self.turns, settings.idioma_reserva)
        self._stack = AsyncExitStack()

    async def open(self) -> "Wiring":
        """Open what needs a running loop."""
        settings = self.settings
        neighbours = await open_neighbours(settings, self._stack)
        self.telegram, self.whatsapp = neighbours.telegram, neighbours.whatsapp
        self.robots, self.pipedrive = neighbours.robots, neighbours.pipedrive
        telegram_me = await self.telegram.call("getMe", {}) if self.telegram is not None else {}
        self.telegram_username: str | None = telegram_me.get("username")
        # Asked once: a change counts from the next start on.
        self.telegram_topics = bool(telegram_me.get("has_topics_enabled"))
        self.bots = bots_of(settings, self.telegram_username, telegram_topics=self.telegram_topics)
        self.conversations = Conversations(
            the_dispatcher(),
            self.bots,
            settings.zone,
            Provided(
                ttl=self.lock_ttl,
                chance=self.chance,
                tokens=self.tokens,
                presence_limits=self.presence_limits,
                processo_limits=self.processo_limits,
                atendimento_limits=self.atendimento_limits,
                modelos=settings.whatsapp_template_retomar,
                telegram_username=self.telegram_username,
                public_url=settings.public_url,
            ),
        )
        self.atendimento_turns = AtendimentoTurns(
            self.conversations.open, self.atendimento_limits, self.presence_limits, settings.zone
        )
        self.andamento_turns = AndamentoTurns(self.turns, self.conversations.open, self.processo_limits)
        self.pergunta_turns = PerguntaTurns(self.turns, self.conversations.open, self.processo_limits)
        self.hearing = Hearing(self.turns, self.conversations.answer)
        self.execucao_events = ExecucaoEvents(self.turns, self.database, self.robots, self.processo_limits)
        self.robot_events = RobotEvents(
            self.turns, self.conversations.open, self.database, self.robots, self.lock_ttl, self.execucao_events
        )
        self.guarded = GuardedDownloads(settings.file_hosts)
        self._stack.push_async_callback(self.guarded.close)
        self.leitor = Leitor()
        self._stack.push_async_callback(self.leitor.close)
        self.courier = Courier(self.turns, self._senders(), self.chance)
        self._delivered.through(self.courier)
        self._stack.push_async_callback(self.courier.drain, _DRAIN_SECONDS)
        self._stack.push_async_callback(self.turns.settle)
        self._stack.push_async_callback(self.hearing.settle)
        self._stack.push_async_callback(self.da_vez.settle)
        return self

    async def close(self) -> None:
        """Finish the calls being made, then close every client."""
        await self._stack.aclose()
        if self.settings.minio_endpoint:
            self.objects.close()
        await self.live.close()
        await self.redis.aclose()
        await self.database.close()

    @cached_property
    def objects(self) -> ObjectStore:
        settings = self.settings
        return ObjectStore(
            settings.minio_endpoint,
            settings.minio_access_key.get_secret_value(),
            settings.minio_secret_key.get_secret_value(),
            settings.minio_bucket,
            secure=settings.minio_secure,
        )

    def given(self) -> Given:
        """What the web application is given."""
        settings, objects = self.settings, self.objects if self.settings.minio_endpoint else None
        return Given(
            engines=Engines(self.database, self.redis, self.live, objects),
            run=self.turns.write,
            run_again=self.turns.run,
            clock=self.clock,
            zone=settings.zone,
            callers=Callers(
                settings.api_keys,
                self.tokens,
                self.people,
                self.clock,
                settings.api_rate_limit,
                settings.trusted_proxies,
            ),
            telegram=self._telegram_door(),
            whatsapp=self._whatsapp_door(),
            robots=RobotDoor(self.robot_events.callback, settings.callback_key if settings.rpa_enabled else None),
            da_vez=self.da_vez,
            presenca=PresencaDoor(self.redis, self.presence_limits, self.conversations.show_typing),
            processo_limits=self.processo_limits,
            faturas=FaturaDoor(self.leitor.read, self.leitor.read_note, explain),
        )

    def _telegram_door(self) -> TelegramDoor:
        settings = self.settings
        secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_enabled else None
        return TelegramDoor(self.hearing.hear, self.turns.event, self.clock, secret)

    def _whatsapp_door(self) -> WhatsappDoor:
        settings, on = self.settings, self.settings.whatsapp_enabled
        return WhatsappDoor(
            hear=self.hearing.hear,
            event=self.turns.event,
            keep=self.turns.keep,
            clock=self.clock,
            app_secret=settings.whatsapp_app_secret.get_secret_value() if on else None,
            verify_token=settings.whatsapp_verify_token.get_secret_value() if on else None,
            phone_number_id=settings.whatsapp_phone_number_id if on else None,
            modelos=frozenset(modelo.nome for modelo in settings.whatsapp_template_retomar),
        )

    def painel(self) -> Painel:
        """What the panel's pages are given."""
        settings = self.settings
        return Painel(
            run=self.turns.write,
            database=self.database,
            redis=self.redis,
            objects=self.objects if settings.minio_endpoint else None,
            clock=self.clock,
            zone=settings.zone,
            public_url=settings.public_url,
            telegram_token=settings.telegram_bot_token.get_secret_value() if settings.telegram_enabled else None,
            telegram_username=self.telegram_username,
            processo_limits=self.processo_limits,
            presence_limits=self.presence_limits,
            atendimento_limits=self.atendimento_limits,
            importacoes=ImportacoesDoPainel(self.turns, self.redis, self.secrets, self.objects),
            secrets=self.secrets,
            em_palavras=in_words_of,
            por_que_nao=why_not,
            recusa=refusal_text_of,
            examinar=lambda: _examined(settings),
        )

    def _senders(self) -> dict[str, Sender]:
        turns, database, zone, open_talk = self.turns, self.database, self.settings.zone, self.conversations.open
        senders: dict[str, Sender] = {
            "turn": follow_up_sender(
                turns,
                venda=VendaFollowUps(open_talk, ttl=self.lock_ttl, chance=self.chance),
                robot_events=self.robot_events,
                processo=ProcessoTurns(open_talk),
                andamento=self.andamento_turns,
                perguntas=self.pergunta_turns,
                atendimento=self.atendimento_turns,
                conversa=ConversaFollowUps(open_talk),
                presenca=PresencaFollowUps(open_talk, self.presence_limits),
                contas=ContasFollowUps(open_talk, self.conversations.meet),
                agendamento=AgendamentoFollowUps(open_talk),
                reprocesso=Reprocesso(turns, self.conversations.answer, self.robot_events.apply_callback),
            )
        }
        downloads: dict[str, Downloads] = {}
        if self.telegram is not None:
            senders["telegram"] = TelegramSender(
                self.telegram, self.turns, self.database, self.objects, self.telegram_limits
            )
            downloads["telegram"] = self.telegram
        if self.whatsapp is not None:
            senders["whatsapp"] = WhatsappSender(self.whatsapp, self.turns, self.database, self.objects)
            downloads["whatsapp"] = self.whatsapp
        if self.robots is not None:
            senders["rpa"] = self._robot_work(self.robots)
        reading = Reading(turns, database, self.objects, self.leitor, self.processo_limits, zone)
        work = work_senders(
            files=FileSender(downloads, turns, database, self.objects),
            faturas=FaturaSender(reading, self.guarded),
            notas=NotaSender(reading),
            trazidas=BroughtSender(reading, open_talk),
            importacoes=ImportSender(turns, open_talk, database, self.objects, zone),
            documentos=DocumentoStore(turns, database, self.objects),
            presenca=PresenceSender(turns, open_talk, database, self.objects, zone),
            relatorios=ReportSender(turns, open_talk, database, self.objects, zone),
            transcripts=TranscriptSender(turns, open_talk, database, self.objects, zone),
            crm=PipedriveSender(self.pipedrive, turns, database, zone),
            live=LiveSender(self.live),
            agendamentos=AgendamentoSender(turns, make_tarefas(turns, self.backups, zone, self.settings.retencao)),
            backups=BackupSender(turns, open_talk, self.backups, warnings_of_backup(self.settings)),
        )
        return senders | {sender.target: sender for sender in work}

    @cached_property
    def backups(self) -> Backups:
        settings = self.settings
        keys = BackupKeys(settings.fernet_keys, settings.backup_destinatarios)
        return Backups(settings.database_url, settings.data_dir, keys, self.objects, self.clock, settings.zone)

    def _robot_work(self, robots: RobotsApi) -> Sender:
        settings, callback_url = self.settings, f"{self.settings.public_url}/webhooks/rpa"
        return robot_sender(
            RobotSender(
                robots,
                self.turns,
                self.database,
                callback_url=callback_url,
                max_attempts=settings.rpa_tentativas,
                first_wait=settings.rpa_espera_base,
            ),
            ExecucaoSender(
                robots, self.turns, self.database, self.objects, self.processo_limits, callback_url=callback_url
            ),
        )


async def _examined(settings: Settings) -> Sequence[Achado]:
    # Asked by a person now and then: it knows every neighbour, and takes its time to import.
    from bot.doctor.doctor import examine_at_once

    return await examine_at_once(settings, without={"auditoria"})
