"""What the holder of a BackOffice login asks about it: whether it is lent, and who cares for it."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.leitura.leitura import read
from core.fala.lexico.lexico import bits
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.venda.venda import whom_to_ask
from storage.pessoa.usuarios import usuario_by_id
from storage.venda.pool import held_at

router = Router(name="acesso")

# Whoever wants to speak with somebody hears with whom.
_LOGIN = bits("acesso pool emuso conectar falar")


class AsksOfOwnLogin(Filter):
    """A sentence about a login, of somebody who has one to lend and nothing else here."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if talk.pessoa is None or not tem(talk.pessoa.perfil_usuario, Direito.TER_ACESSO):
            return False
        leitura = read(event.text or "", talk.today)
        return leitura is not None and (bool(leitura.mascara & _LOGIN) or "senha" in leitura.plain)


@router.message(Free(any_word=True), AsksOfOwnLogin())
async def told(event: Message, talk: Talk) -> None:
    """In whose hands it is, administrators know."""
    assert talk.pessoa is not None
    await talk.say(f"{await _how_it_stands(talk)} {await whom_to_ask(talk)}")


async def _how_it_stands(talk: Talk) -> str:
    assert talk.pessoa is not None
    held = [one for one in await held_at(talk.tx.connection, talk.tx.now) if one.bo_usuario_id == talk.pessoa.id]
    if held:
        text = _("🔑 O seu acesso está emprestado desde {desde}, até {ate} no máximo: um robô vende com ele.")
        return text.format(desde=talk.local_time(held[0].desde), ate=talk.local_time(held[0].expira_em))
    row = await usuario_by_id(talk.tx.connection, talk.pessoa.id)
    if row is not None and row.login_recusado_em is not None:
        text = _(
            "🔑 O portal recusou a senha do seu acesso em {quando}: até a nova ser gravada, ninguém vende com ele."
        )
        return text.format(quando=talk.local_time(row.login_recusado_em))
    return _("🔑 O seu acesso está livre: ninguém vende com ele agora.")
