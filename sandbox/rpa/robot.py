"""One job of a robot: its state as polling shows it, its events, and the hands of a test on it."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from sandbox.courier import Delivery, Reply
from sandbox.rpa.behaviours import Ask, Behaviour, Complete, Fail, Fetch, Log, Opcao, Progress, Steps
from sandbox.waiting import Signal

TERMINAL = {"job.completed": "completed", "job.failed": "failed", "job.cancelled": "cancelled"}
Data = dict[str, Any]
T = TypeVar("T")


class Desk(Protocol):
    """Where the jobs come from and are reported to (sandbox/rpa/rpa.py)."""

    tempo: float
    heartbeat: float

    def job_changed(self, job: "Job") -> None:
        """Pass a change on to the page."""

    def queue(self, job: "Job", payload: Data) -> Delivery:
        """Call back in the job's order."""

    async def call_back(self, job: "Job", payload: Data, *, webhook_id: str) -> Reply:
        """Call back once, now."""

    async def fetch(self, url: str) -> bytes:
        """Download what a job names."""


class Job:
    """A job. `body` holds what the service sent, `senha` included, for a test to compare; nothing shows it.

    In `manual` behaviour the methods `log`, `progress`, `heartbeat`, `ask`, `complete`, `fail` and
    `cancelled` change the state and POST one callback, once, giving the service's `Reply`. Their keywords:
    `seq` overrides the sequence number, `times` repeats the very same callback (the last reply is
    returned), `call=False` changes the state without calling back.
    """

    def __init__(self, rpa: "Desk", operadora: str, key: str, body: Data, behaviour: Behaviour) -> None:
        self.id = str(uuid.uuid4())
        self.operadora = operadora
        self.idempotency_key = key
        self.body = body
        self.behaviour = behaviour
        self.status = "queued"
        self.logs: list[Data] = []
        self.progresso: Data = {"percentual": 0, "etapa": ""}
        self.pergunta: Data | None = None
        self.resultado: Data = {}
        self.erro: Data | None = None
        self.answers: dict[str, str] = {}
        self.starts = 1
        self.cancel_requested = False
        self.fetched: bytes | None = None
        self.history: list[str] = []
        self._rpa = rpa
        self._seq = 0
        self._questions = 0
        self._changed = Signal()
        self._answer_held = asyncio.Event()
        if not behaviour.answers_late:
            self._answer_held.set()

    @property
    def over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.status in TERMINAL.values()

    def as_polled(self) -> Data:
        """The answer of `GET /jobs/{job_id}`."""
        return {
            "status": self.status,
            "resultado": self.resultado,
            "erro": self.erro,
            "progresso": self.progresso,
            "pergunta": self.pergunta,
        }

    async def asked(self, timeout: float = 20.0) -> Data:
        """Wait until a question is open; the question."""
        return await self._until(lambda: self.pergunta, "asked nothing", timeout)

    async def answered(self, answers: int = 1, timeout: float = 20.0) -> list[str]:
        """Wait until it has that many answers; all of them, in order."""

        def enough() -> list[str] | None:
            return list(self.answers.values()) if len(self.answers) >= answers else None

        return await self._until(enough, "got no answer", timeout)

    async def cancel_asked(self, timeout: float = 20.0) -> None:
        """Wait until the service asked for its cancellation."""
        await self._until(lambda: self.cancel_requested or None, "was not asked to stop", timeout)

    async def ended(self, timeout: float = 20.0) -> str:
        """Wait for its end; completed, failed or cancelled."""
        return await self._until(lambda: self.status if self.over else None, "did not end", timeout)

    async def start_answer(self) -> None:
        """Held by the stand-in while the start's answer is withheld."""
        await self._answer_held.wait()

    def answer_start(self) -> None:
        """Let the withheld answer of the start go out."""
        self._answer_held.set()

    async def log(self, message: str, level: str = "INFO", **how: Any) -> Reply | None:
        """One line of the log."""
        data = {"timestamp": datetime.now(UTC).isoformat(), "level": level, "message": message}
        return await self._drive("job.log", data, **how)

    async def progress(self, percentual: int, etapa: str, **how: Any) -> Reply | None:
        """How far it is."""
        return await self._drive("job.progress", {"percentual": percentual, "etapa": etapa}, **how)

    async def heartbeat(self, **how: Any) -> Reply | None:
        """A sign of life."""
        return await self._drive("job.heartbeat", {}, **how)

    async def ask(self, texto: str, tipo: str = "texto", opcoes: list[Opcao] | None = None, **how: Any) -> Reply | None:
        """A question; `asked` and `answered` wait for what becomes of it."""
        return await self._drive("job.question", self._question(Ask(texto, tipo, tuple(opcoes or ()))), **how)

    async def complete(self, resultado: Data | None = None, **how: Any) -> Reply | None:
        """The end, well."""
        return await self._drive("job.completed", {"resultado": resultado or {"numero_pedido": "NIO-1"}}, **how)

    async def fail(
        self, codigo: str = "PORTAL_FORA", mensagem: str = "", definitivo: bool = False, **how: Any
    ) -> Reply | None:
        """The end, badly."""
        data = {"codigo": codigo, "mensagem": mensagem or codigo, "definitivo": definitivo}
        return await self._drive("job.failed", data, **how)

    async def cancelled(self, **how: Any) -> Reply | None:
        """The end, because it was cancelled."""
        return await self._drive("job.cancelled", {}, **how)

    def apply(self, event: str, data: Data) -> int:
        """Change the state as that event says; the event's sequence number."""
        self._seq += 1
        if event in TERMINAL:
            self.status, self.pergunta = TERMINAL[event], None
            self.resultado = data.get("resultado", {})
            self.erro = data if event == "job.failed" else None
        elif self.status == "queued":
            self.status = "running"
        if event == "job.progress":
            self.progresso = data
        elif event == "job.question":
            self.pergunta = data
        elif event == "job.log":
            self.logs.append({"seq": self._seq} | data)
        self._remember(event, data)
        return self._seq

    def receive_answer(self, pergunta_id: str, resposta: str) -> bool:
        """Take an answer; False when it is not that question's turn. The same answer again is fine."""
        if pergunta_id in self.answers:
            return self.answers[pergunta_id] == resposta
        if self.pergunta is None or self.pergunta["pergunta_id"] != pergunta_id:
            return False
        self.answers[pergunta_id], self.pergunta = resposta, None
        self.touched()
        return True

    def touched(self) -> None:
        """Tell whoever waits or watches that something changed."""
        self._changed.notify()
        self._rpa.job_changed(self)

    async def run(self, steps: Steps) -> None:
        """Do the steps, one every `tempo` seconds; a question waits for its answer."""
        for step in steps:
            await asyncio.sleep(self._rpa.tempo)
            if isinstance(step, Progress):
                self._emit("job.progress", {"percentual": step.percentual, "etapa": step.etapa})
            elif isinstance(step, Log):
                now = datetime.now(UTC).isoformat()
                self._emit("job.log", {"timestamp": now, "level": step.level, "message": step.message})
            elif isinstance(step, Ask):
                await self._ask_and_wait(step)
            elif isinstance(step, Fetch):
                self.fetched = await self._rpa.fetch(str(self.body[step.field]))
            elif isinstance(step, Complete):
                self._emit("job.completed", {"resultado": step.resultado(self.id)})
            elif isinstance(step, Fail):
                data = {"codigo": step.codigo, "mensagem": step.mensagem, "definitivo": step.definitivo}
                self._emit("job.failed", data)
            else:
                return

    def cancel(self) -> None:
        """End it because the service asked."""
        self._emit("job.cancelled", {})

    async def _ask_and_wait(self, ask: Ask) -> None:
        question = self._question(ask)
        self._emit("job.question", question)
        pergunta_id = str(question["pergunta_id"])
        while pergunta_id not in self.answers:
            try:
                await self._changed.until(lambda: self.answers.get(pergunta_id), self._rpa.heartbeat)
            except TimeoutError:
                self._emit("job.heartbeat", {})

    def _question(self, ask: Ask) -> Data:
        self._questions += 1
        question: Data = {"pergunta_id": f"p{self._questions}", "texto": ask.texto, "tipo": ask.tipo}
        return question | ({"opcoes": list(ask.opcoes)} if ask.opcoes else {})

    def _emit(self, event: str, data: Data) -> None:
        seq = self.apply(event, data)
        if self.behaviour.callbacks:
            self._rpa.queue(self, {"event": event, "job_id": self.id, "seq": seq, "data": data})

    async def _drive(
        self, event: str, data: Data, *, seq: int | None = None, times: int = 1, call: bool = True
    ) -> Reply | None:
        own = self.apply(event, data)
        if not call:
            return None
        payload = {"event": event, "job_id": self.id, "seq": own if seq is None else seq, "data": data}
        webhook_id = f"msg_{uuid.uuid4().hex}"
        replies = [await self._rpa.call_back(self, payload, webhook_id=webhook_id) for _ in range(times)]
        return replies[-1]

    async def _until(self, find: Callable[[], T | None], complaint: str, timeout: float) -> T:
        def complain() -> str:
            return f"Job {self.id} ({self.operadora}, {self.status}, {self.history}) {complaint}"

        return await self._changed.expect(find, timeout, complain)

    def _remember(self, event: str, data: Data) -> None:
        told = data.get("etapa") or data.get("texto") or data.get("mensagem") or data.get("message") or ""
        self.history.append(f"{event.removeprefix('job.')}: {told}".removesuffix(": "))
        self.touched()
