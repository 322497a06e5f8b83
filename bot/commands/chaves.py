"""`balcao rotacionar-chaves`: every secret at rest under the newest of SECRET_KEYS."""

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.turn import Turns
from core.auditoria.auditoria import LINHA_DE_COMANDO, registrar
from storage.auditoria.tipos import Ato
from storage.chaves.rotacao import SELADOS, Selado, rotate_some
from storage.transaction import Transaction

_NAMED = 5


async def rotate_keys() -> list[str]:
    """A line for each sealed column, while the service runs. CommandError names the rows that no key opens."""
    async with command_turns() as (settings, turns):
        lines, unreadable = [], []
        for selado in SELADOS:
            changed, lost = await _rotate(turns, selado)
            lines.append(f"{selado}: {changed} {'segredo trocado' if changed == 1 else 'segredos trocados'}")
            unreadable += [f"{selado} {one}" for one in lost]
        await turns.run(_write_down)
        keys = len(settings.fernet_keys)
    if unreadable:
        named = ", ".join(unreadable[:_NAMED]) + (" …" if len(unreadable) > _NAMED else "")
        raise CommandError(
            f"{'; '.join(lines)}; {len(unreadable)} que nenhuma chave abre: {named}. "
            "Acrescente a SECRET_KEYS a chave com que foram guardados, ou cadastre as senhas de novo"
        )
    old = "nenhuma chave antiga" if keys == 1 else "as chaves antigas só abrem backups de antes: guarde-as fora daqui"
    return [*lines, f"tudo sob a chave mais nova; {old}"]


async def _rotate(turns: Turns, selado: Selado) -> tuple[int, list[str]]:
    changed, lost, after = 0, list[str](), None
    while True:
        troca = await turns.run(lambda tx, after=after: rotate_some(tx, selado, after))  # type: ignore[misc]
        changed += troca.trocados
        lost += troca.ilegiveis
        if (after := troca.ultimo) is None:
            return changed, lost


async def _write_down(tx: Transaction) -> None:
    registrar(tx, Ato.CHAVES, LINHA_DE_COMANDO, chave=tx.secrets.newest_key_id)
