"""`balcao migrate` and `balcao token`."""

from datetime import timedelta

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.settings import load_settings
from core.auditoria.auditoria import LINHA_DE_COMANDO, registrar
from core.pessoa.tokens import Tokens
from core.telefones import digits_of, same_person_forms
from storage import schema
from storage.auditoria.tipos import Ato
from storage.database import Database
from storage.pessoa.usuarios import usuario_by_id, usuario_by_phone
from storage.transaction import Transaction


async def migrate_database() -> str:
    """Bring the database to the newest schema; a line that says from where to where."""
    database = Database(load_settings("migrate").database_url, patient=True)
    try:
        before, now = await schema.migrate(database)
    finally:
        await database.close()
    return f"schema {now}" if before == now else f"schema {before or 'none'} -> {now}"


async def issue_token(telefone: str, horas: int) -> str:
    """A Bearer token for the active person of this phone."""
    try:
        forms = same_person_forms(digits_of(telefone))
    except ValueError:
        raise CommandError(f"{telefone} não é um telefone com DDI e DDD") from None

    async def work(tx: Transaction) -> str:
        usuario_id = await usuario_by_phone(tx, forms)
        if usuario_id is None:
            raise CommandError(f"ninguém com o telefone {telefone}: cadastre com `balcao importar usuarios`")
        usuario = await usuario_by_id(tx.connection, usuario_id)
        if usuario is None or not usuario.status_ativo:
            raise CommandError(f"quem tem o telefone {telefone} está desativado: um token não abriria nada")
        registrar(tx, Ato.TOKEN, LINHA_DE_COMANDO, alvo=f"usuario:{usuario_id}", horas=horas)
        return Tokens(settings.jwt_secret.get_secret_value()).issue(usuario_id, tx.now, timedelta(hours=horas))

    async with command_turns() as (settings, turns):
        settings.require("JWT_SECRET")
        return await turns.run(work)
