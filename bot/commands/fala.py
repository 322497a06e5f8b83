"""`balcao fala`: what people wrote that nobody understood, as patterns without personal data; or one phrase, tried."""

from bot.commands.turns import command_turns
from core.fala.entende import understand
from core.fala.espera import Espera
from core.fala.padrao import NAO_ENTENDIDO, pattern_of
from core.time import utc_now
from storage.ocorrencias import counted
from storage.pessoa.perfil import Perfil

SHOWN = 50
_PARTS = ("valor", "recado", "ate", "mes", "cliente", "pessoa", "idioma", "nota")


async def list_unknown() -> list[str]:
    """The patterns that were met most often, the most frequent first."""
    async with command_turns() as (_, turns), turns.database.read() as connection:
        found = await counted(connection, NAO_ENTENDIDO, SHOWN)
    return [f"{times:6}  {pattern}" for pattern, times in found] or ["nada ficou sem ser entendido"]


def try_phrase(phrase: str, perfil: Perfil | None) -> list[str]:
    """What a person of this perfil (None: a customer) would be understood to want, of whom nothing is waited for."""
    espera = Espera.of(*([perfil] if perfil is not None else []))
    got = understand(phrase, espera, today=utc_now().date())
    parts = [f"{name}: {value}" for name in _PARTS if (value := getattr(got, name)) is not None]
    return [f"{got.intencao.value} ({got.certeza.name})", *parts, f"padrão: {pattern_of(phrase)}"]
