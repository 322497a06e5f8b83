"""What an administrator asks for in a sentence and no sentence does: said plainly, with the way that there is."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.fala.perigos import Perigo, danger_of
from core.palavras import Palavra
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.pessoa.administracao import Administrator, choose_release
from dialogs.pessoa.menu import way_to
from dialogs.venda.venda import whom_to_ask

router = Router(name="perigosas")
router.message.filter(Administrator())
outros = Router(name="perigosas_de_outros")

_SHOWN_BY = {
    Perigo.APAGAR: Palavra.PAINEL,
    Perigo.TIRAR_ACESSO: Palavra.PAINEL,
    Perigo.MUDAR_CADASTRO: Palavra.PAINEL,
    Perigo.RESTAURAR: Palavra.BACKUP,
    Perigo.PARAR: Palavra.AGENDAMENTOS,
}


class Dangerous(Filter):
    """Nothing surer was understood; given as `perigo`."""

    async def __call__(self, event: Message, entendido: Entendido = NADA) -> bool | dict[str, Perigo]:
        if entendido.intencao in (Intencao.APROVAR, Intencao.REJEITAR):
            return False
        found = danger_of(event.text or "")
        return False if found is None else {"perigo": found}


class SeesNoInvoices(Filter):
    """Somebody who sells or attends: whoever cares for invoices may speak of a client's record."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return talk.pessoa is not None and not tem(talk.pessoa.perfil_usuario, Direito.VER_PROCESSOS)


@outros.message(SeesNoInvoices(), Free(), Dangerous())
async def for_administrators(event: Message, talk: Talk) -> None:
    said = _("Isso é com quem administra, e nada mudou.")
    await talk.say(f"{said} {await whom_to_ask(talk)}")


@router.message(Free(), Dangerous())
async def not_by_a_sentence(event: Message, talk: Talk, perigo: Perigo) -> None:
    """Nothing happens; all logins at once are freed by a tap that says what it ends."""
    if perigo is Perigo.LIBERAR_TODOS:
        await choose_release(event, talk)
        return
    sentences = {
        Perigo.APAGAR: _(
            "Nada é apagado por uma frase, e nada foi. No painel se tira de uso um cadastro de cada vez; "
            "o histórico, a auditoria e o banco não se apagam pelo chat."
        ),
        Perigo.TIRAR_ACESSO: _(
            "Ninguém perde o acesso por uma frase, e nada mudou. No painel, abra a pessoa e desative o cadastro dela."
        ),
        Perigo.MUDAR_CADASTRO: _(
            "Por aqui nenhum cadastro muda, e nada mudou. Telefone, perfil e senhas se trocam no painel."
        ),
        Perigo.RESTAURAR: _(
            "Nada é restaurado pelo chat, e nada mudou. Um backup volta no servidor, com `balcao restaurar`."
        ),
        Perigo.PARAR: _(
            "Nada para por uma frase, e nada mudou. Agendamentos se pausam um a um; o serviço só para no servidor."
        ),
    }
    await talk.say(sentences[perigo], way_to(_SHOWN_BY[perigo]))
