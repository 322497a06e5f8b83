"""Who is behind a conversation: read anew whenever they write and whenever they are written to.

A phone names a person. When it passes to somebody else, so does the conversation: nobody acts in another one's name.
"""

from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.telefones import same_person_forms
from storage.auditoria.tipos import Ato
from storage.contatos.contatos import Contato, attach_usuario, detach_usuario
from storage.ocorrencias import record
from storage.pessoa.perfil import ATENDENTES
from storage.pessoa.usuarios import is_phone_in_doubt, usuario_by_phone
from storage.transaction import Transaction

# There the phone is the address itself: who has none that is registered is nobody we know. Elsewhere it was told once.
_PHONE_IS_ADDRESS = frozenset({"whatsapp"})


async def read_anew(tx: Transaction, contato: Contato, telefone: str | None = None) -> None:
    """Make the Usuario of this conversation whoever has its phone now; `telefone` is what the channel says it is."""
    known = telefone or contato.telefone
    if known is None or contato.is_group:
        return
    forms = same_person_forms(known)
    before = contato.usuario
    if before is not None and before.status_ativo and {before.telefone, before.tel_whatsapp} & {known, *forms}:
        return
    owner = await usuario_by_phone(tx, forms)
    if owner is not None and contato.channel in _PHONE_IS_ADDRESS and await is_phone_in_doubt(tx, owner):
        owner = None
    if owner is not None and (before is None or before.id != owner):
        await vincular(tx, contato, owner, "telefone", known)
    elif owner is None and before is not None and contato.channel in _PHONE_IS_ADDRESS:
        await detach_usuario(tx, contato)
    if before is not None and (contato.usuario is None or contato.usuario.id != before.id):
        forget_questions(contato, attended=before.perfil_usuario in ATENDENTES)
        await record(tx, "telefone_de_outra_pessoa", str(contato.id), antes=str(before.id))


async def vincular(tx: Transaction, contato: Contato, usuario_id: UUID, por: str, telefone: str | None = None) -> None:
    """From now on this conversation acts in that person's name: a sign-in. `por`: `telefone` or `convite`."""
    await attach_usuario(tx, contato, usuario_id, telefone)
    registrar(tx, Ato.VINCULAR, Autor(contato.channel, usuario_id), por=por)


def forget_questions(contato: Contato, *, attended: bool) -> None:
    """What somebody else was asked here is no question to whoever has the phone now."""
    contato.state, contato.state_data, contato.choices = None, {}, None
    if attended:
        contato.atendimento_id = None
    contato.changed = True


def note_name(contato: Contato, nome: str | None) -> None:
    """What the channel calls them now: a name that comes later, or changes, counts."""
    if nome and nome != contato.nome:
        contato.nome = nome
        contato.changed = True
