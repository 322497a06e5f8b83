"""What a robot does in a job, as a list of steps, and the ways in which it may misbehave."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sandbox.faturas.estragos import Estrago
from sandbox.faturas.fatura import Fatura

Opcao = str | dict[str, str]


@dataclass(frozen=True)
class Progress:
    """Reports how far it is."""

    percentual: int
    etapa: str


@dataclass(frozen=True)
class Log:
    """Writes one line of its log."""

    message: str
    level: str = "INFO"


@dataclass(frozen=True)
class Ask:
    """Asks the person something and waits for the answer."""

    texto: str
    tipo: str
    opcoes: tuple[Opcao, ...] = ()


@dataclass(frozen=True)
class Fetch:
    """Downloads the file that the job's body names in that field."""

    field: str


@dataclass(frozen=True)
class Complete:
    """Ends well. The result is made from the job's id."""

    resultado: Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Fail:
    """Ends badly; `definitivo` says that another attempt is of no use."""

    codigo: str
    mensagem: str
    definitivo: bool = False


@dataclass(frozen=True)
class Stall:
    """Never does anything again, not even a sign of life."""


Step = Progress | Log | Ask | Fetch | Complete | Fail | Stall
Steps = tuple[Step, ...]

PLANOS: tuple[Opcao, ...] = (
    {"id": "fibra-300", "texto": "Nio Fibra 300 Mega · R$ 79,90"},
    {"id": "fibra-500", "texto": "Nio Fibra 500 Mega · R$ 99,90"},
    {"id": "fibra-700", "texto": "Nio Fibra 700 Mega · R$ 129,90"},
    {"id": "fibra-1000", "texto": "Nio Fibra 1 Giga · R$ 159,90"},
)
TURNOS: tuple[Opcao, ...] = ("Manhã", "Tarde", "Noite")
PERGUNTAS = (
    Ask("Qual é o CEP da instalação?", "cep"),
    Ask("Qual é o CPF do cliente?", "cpf"),
    Ask("Qual plano o cliente escolheu?", "opcao", PLANOS),
    Ask("Em que turno o técnico pode ir?", "opcao", TURNOS),
)
ETAPAS = ("Consultando a viabilidade", "Analisando o crédito", "Montando o pedido", "Gravando o pedido")


def sale(perguntas: tuple[Ask, ...] = PERGUNTAS) -> Steps:
    """A sale on the PAP portal."""
    steps: list[Step] = [Progress(5, "Entrando no portal"), Log("Login aceito pelo portal")]
    for number, ask in enumerate(perguntas):
        share = (number + 1) * 85 // len(perguntas)
        steps += [ask, Progress(10 + share, ETAPAS[number % len(ETAPAS)])]
    steps.append(Complete(lambda job_id: {"numero_pedido": f"NIO-{int(job_id[:8], 16) % 10**7:07d}"}))
    return tuple(steps)


def download(link: Callable[[str], str], fatura: Fatura) -> Steps:
    """The download of an invoice from an operator's portal; the robot says what the portal shows of it."""
    return (
        Progress(10, "Entrando no portal"),
        Log("Sessão aberta"),
        Progress(50, "Procurando a fatura"),
        Progress(90, "Baixando o PDF"),
        Complete(
            lambda job_id: {
                "url": link(job_id),
                "nome_arquivo": "fatura.pdf",
                "data_vencimento": fatura.vencimento.isoformat(),
                "valor": str(fatura.valor),
            }
        ),
    )


def upload_sat() -> Steps:
    """The upload of an invoice to the SAT."""
    return (
        Progress(10, "Entrando no SAT"),
        Fetch("url_arquivo"),
        Progress(70, "Enviando a fatura"),
        Complete(lambda job_id: {"protocolo_sat": f"SAT-{job_id[:8].upper()}"}),
    )


@dataclass(frozen=True)
class Behaviour:
    """How the next job goes.

    `change` makes the steps from those of a job that goes well. Without `callbacks` only polling shows what
    happens. With `answers_late` the job is accepted, but the call that started it gets no answer until
    `Job.answer_start`. Without `obeys` a cancellation is noted in the job and nothing follows from it. `estrago` is
    what is wrong with the bill that a download brings.
    """

    name: str
    change: Callable[[Steps], Steps] = lambda steps: steps
    callbacks: bool = True
    answers_late: bool = False
    obeys: bool = True
    estrago: Estrago | None = None


def normal(*perguntas: Ask) -> Behaviour:
    """Goes well; with `perguntas` a sale asks these instead of the usual four."""
    if not perguntas:
        return Behaviour("normal")
    return Behaviour("normal", lambda steps: sale(perguntas) if any(isinstance(s, Ask) for s in steps) else steps)


def fail(codigo: str = "PORTAL_FORA", mensagem: str = "O portal não respondeu", *, definitivo: bool = False,
         at: int = 2) -> Behaviour:  # fmt: skip
    """Fails after that many steps have gone well."""
    return Behaviour("fail", lambda steps: (*steps[:at], Fail(codigo, mensagem, definitivo)))


def refuse_password() -> Behaviour:
    """The portal refuses the login and its password."""
    refusal = Fail("CREDENCIAL_RECUSADA", "O portal recusou matrícula ou senha", definitivo=True)
    return Behaviour("refuse_password", lambda steps: (steps[0], refusal))


def stall(after: int = 1) -> Behaviour:
    """Goes silent for ever once that many questions are answered."""
    return Behaviour("stall", lambda steps: (*_until_question(steps, after), Stall()))


def silent(*perguntas: Ask) -> Behaviour:
    """Goes well and never calls back."""
    return Behaviour("silent", normal(*perguntas).change, callbacks=False)


def late(then: Behaviour | str = "normal") -> Behaviour:
    """Accepts the job and goes on, but the start's first answer stays away until the test lets it go."""
    then = named(then)
    return replace(then, name=f"late {then.name}", answers_late=True)


def manual() -> Behaviour:
    """Does nothing by itself: the test drives the job."""
    return Behaviour("manual", lambda steps: (Stall(),), obeys=False)


def damaged(estrago: Estrago) -> Behaviour:
    """Goes well and brings a bill that is none, or not the right one; a sale goes as always."""
    return Behaviour(estrago.value, estrago=estrago)


NAMED: dict[str, Callable[[], Behaviour]] = {
    "normal": normal, "fail": fail, "refuse_password": refuse_password, "stall": stall, "silent": silent,
    "late": late, "manual": manual, **{estrago.value: partial(damaged, estrago) for estrago in Estrago},
}  # fmt: skip


def named(behaviour: Behaviour | str) -> Behaviour:
    """A behaviour by its name, or itself."""
    return NAMED[behaviour]() if isinstance(behaviour, str) else behaviour


def _until_question(steps: Steps, questions: int) -> Steps:
    """The steps up to and with the n-th question; all but the end when there are fewer."""
    asked = 0
    for position, step in enumerate(steps):
        asked += isinstance(step, Ask)
        if asked == questions:
            return steps[: position + 1] if questions else steps[:1]
    return steps[:-1]
