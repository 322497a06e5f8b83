"""`balcao lgpd`: one person's data as a file, and one person erased."""

import json
import os
from contextlib import suppress
from pathlib import Path

from bot.backup.apagados import erased_in, remember
from bot.backup.places import object_store
from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.settings import Settings
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.lgpd.lgpd import Apagado, EmAndamento, NinguemAssim, apagar, exportar
from storage.backup import engine
from storage.engines.lock import DataDirBusy
from storage.engines.process import EngineError
from storage.objects import ObjectStoreError

_UNDER_WAY = {
    "venda": "uma venda em andamento: espere o fim dela ou cancele",
    "atendimento": "um atendimento aberto: encerre-o antes",
    "login": "um acesso BackOffice em uso: libere-o antes",
}


async def export_person(telefone: str, para: Path | None) -> str:
    """Write all that is known of them into a file that only its owner reads; what was written where."""
    async with command_turns() as (_, turns):
        try:
            found = await turns.run(lambda tx: exportar(tx, telefone, LINHA_DE_COMANDO))
        except (NinguemAssim, ValueError):
            raise _nobody(telefone) from None
    target = para or Path(f"lgpd-{turns.now():%Y%m%d-%H%M%S}.json")
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(found, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise CommandError(f"{target} não pôde ser gravado: {error.strerror}") from None
    rows = sum(len(rows) for rows in found["dados"].values())
    many = "1 registro" if rows == 1 else f"{rows} registros"
    return f"{many} em {target}; os arquivos que a pessoa enviou estão em `arquivos`, por `object_key`"


async def erase_person(telefone: str) -> list[str]:
    """Erase them; what is kept, and why, in the lines."""
    async with command_turns() as (settings, turns):
        try:
            gone = await turns.run(lambda tx: apagar(tx, telefone, LINHA_DE_COMANDO))
        except (NinguemAssim, ValueError):
            raise _nobody(telefone) from None
        except EmAndamento as busy:
            raise CommandError(f"nada foi apagado: há {_UNDER_WAY[busy.o_que]}") from None
        left = await _clear_store(settings, gone)
        if not await engine.rewrite(settings.database_url):
            left.append(
                "o arquivo do SQLite pode ter restos em partes sem uso (é grande, ou estava sendo escrito): "
                "rode VACUUM nele com o serviço parado"
            )
        if not await engine.empty_log(settings.database_url):
            left.append("o que foi trocado sai do log do SQLite (balcao.db-wal) no próximo descanso dele")
    lines = [
        f"apagada: {len(gone.titular.contatos)} conversas, {len(gone.titular.atendimentos)} atendimentos, "
        f"{len(gone.arquivos)} arquivos",
        "fica, sem nome nem telefone: que houve atendimentos, vendas e decisões, e quando (docs/privacidade.md)",
        "fica até o fim do prazo de cada um, por um ano: o que está em backups de antes; restaurá-los apaga de novo",
    ]
    if left:
        raise CommandError("; ".join([lines[0], *left, *lines[1:]]))
    return lines


async def _clear_store(settings: Settings, gone: Apagado) -> list[str]:
    """Their files go, and it is kept beside the backups that they are gone; what did not succeed."""
    names, left = await erased_in(settings.database_url), list(gone.arquivos)
    try:
        async with object_store(settings) as objects:
            for key in gone.arquivos:
                with suppress(ObjectStoreError):
                    await objects.delete(key)
                    left.remove(key)
            await remember(objects, names)
    except (ObjectStoreError, EngineError, DataDirBusy) as error:
        unsaid = "um backup de antes não sabe que a pessoa saiu, até que haja um novo"
        return [*_left(left), f"{unsaid}: o armazenamento não respondeu ({error})"]
    return _left(left)


def _left(keys: list[str]) -> list[str]:
    return [f"estes arquivos não puderam ser apagados agora: {', '.join(keys)}"] if keys else []


def _nobody(telefone: str) -> CommandError:
    return CommandError(f"ninguém com o telefone {telefone}")
