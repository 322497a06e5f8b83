"""What handlers may ask for by name, besides the event and what this turn is about."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from core.atendimento.distribuicao import AtendimentoLimits
from core.conversa.janela import Modelo
from core.pessoa.tokens import Tokens
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits

Asked = Callable[[str], Awaitable[None]]
"""Asks once more what stands open, behind these words if there are any."""
Aside = Callable[[Asked], Awaitable[bool]]
"""Given as `aside`: answers what is typed as if no question were open, and has that asked once more; False where nobody
has an answer."""


@dataclass(frozen=True, slots=True)
class Provided:
    """The same for every turn of a process."""

    # How long a login is lent without a sign of life.
    ttl: timedelta
    chance: random.Random
    tokens: Tokens
    presence_limits: PresenceLimits
    processo_limits: ProcessoLimits
    atendimento_limits: AtendimentoLimits
    # Approved templates that open a closed WhatsApp window.
    modelos: Sequence[Modelo]
    # Of our bot; None where Telegram is off.
    telegram_username: str | None
    # How the outside reaches us, without a slash at its end.
    public_url: str

    def by_name(self) -> dict[str, Any]:
        """As aiogram hands it to handlers."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
