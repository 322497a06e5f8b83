"""What tests of the commands share: the type of `balcao`, and a file of people imported with it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from typer.testing import Result

Balcao = Callable[..., Awaitable[Result]]
UseEnvironment = Callable[[Mapping[str, str]], None]

HEADER = "nome_completo;telefone;perfil_usuario"


async def importa(
    balcao: Balcao, path: Path, *rows: str, header: str = HEADER, options: tuple[str, ...] = ()
) -> Result:
    """Write a usuarios file and import it."""
    return await importa_bytes(balcao, path, "\n".join([header, *rows]).encode(), *options)


async def importa_bytes(balcao: Balcao, path: Path, content: bytes, *options: str) -> Result:
    await asyncio.to_thread(path.write_bytes, content)
    return await balcao("importar", "usuarios", str(path), *options)
