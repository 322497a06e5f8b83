"""Who does something to a processo, and by which channel."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

ROBO = "robo"
RELOGIO = "relogio"
API = "api"
PAINEL = "painel"


@dataclass(frozen=True, slots=True)
class Quem:
    """A person, read inside the turn; or, without `usuario_id`, a robot or the clock.

    `canal`: `telegram`, `whatsapp`, `api`, `painel`, `robo`, `relogio`. `ip`, `user_agent`: of a request over HTTP.
    """

    canal: str
    usuario_id: UUID | None = None
    perfil: str | None = None
    nome: str | None = None
    ip: str | None = None
    user_agent: str | None = None

    @property
    def is_person(self) -> bool:
        return self.usuario_id is not None

    def as_step(self) -> dict[str, Any]:
        """What the history keeps of them."""
        return {"usuario_id": self.usuario_id, "canal": self.canal}


O_ROBO = Quem(ROBO)
O_RELOGIO = Quem(RELOGIO)
