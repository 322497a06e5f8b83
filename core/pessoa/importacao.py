"""What a usuarios file changes (contract §7). The same file again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from core.auditoria.auditoria import CRIADO, LINHA_DE_COMANDO, Autor, registrar, registrar_usuario
from core.consultor.consultores import follow_service
from core.direitos.direitos import Direito, tem
from core.pessoa.planilha import UsuarioRow
from core.planilha.importacao import Importacao
from core.telefones import same_person_forms
from storage.auditoria.tipos import Ato
from storage.pessoa.importacao import CHANGEABLE, add_usuarios, change_usuarios, owners_of_emails
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, lock_usuarios, owners_of_phones, usuarios_by_phones
from storage.secrets import SecretBox, SecretUnreadable
from storage.transaction import Transaction

_PLAIN = (
    "nome_completo",
    "perfil_usuario",
    "email",
    "tel_whatsapp",
    "matricula_pap",
    "autorizar_venda_sem_auditoria",
    "status_ativo",
)


# So many administrators are looked at: of more, none is the last.
_MOST = 1_000


async def import_usuarios(
    tx: Transaction,
    linhas: Sequence[UsuarioRow],
    before: Importacao,
    *,
    simular: bool = False,
    por: Autor = LINHA_DE_COMANDO,
) -> Importacao:
    """Add the people who are new, change those who are known; a few thousand rows at a time.

    `before` is what became of earlier rows of the same file. With `simular` nothing is written, and the answer is
    the same.

    `telefone` says who a row is about, a Brazilian mobile with or without its ninth digit. So an import never
    changes a telefone: another number is another person, and the stored form stays. Everything else follows the
    file where it says something; an empty cell leaves what is stored. A senha_pap is sealed anew only when it is
    another one, and a new senha_pap or matricula_pap puts a login that the portal had refused back to work.
    An email that somebody else has refuses its row.
    """
    await lock_usuarios(tx)
    forms = [form for linha in linhas for form in _forms(linha.telefone)]
    known = await usuarios_by_phones(tx, forms)
    phones = [*forms, *(form for linha in linhas if linha.tel_whatsapp for form in _forms(linha.tel_whatsapp))]
    emails = [linha.email for linha in linhas if linha.email]
    owners: dict[str, UUID | None] = {**await owners_of_emails(tx, emails)}
    owners |= {email: before.emails[email] for email in emails if email in before.emails}
    batch = _Batch(tx.secrets, known, owners, await owners_of_phones(tx, phones) | before.phones)
    batch.administradores = {one.id for one in await active_of_perfil(tx.connection, Perfil.ADMINISTRADOR, _MOST)}
    for linha in linhas:
        batch.take(linha)
    if not simular and (batch.changed or batch.new):
        # Changes first: an address that one person gives up may be a new one's.
        await change_usuarios(tx, batch.changed)
        await follow_service(tx, batch.moved)
        await add_usuarios(tx, batch.new)
        registrar(tx, Ato.IMPORTAR, por, o_que="usuarios", criados=len(batch.new), alterados=len(batch.changed))
        for usuario_id, campos in batch.acts:
            registrar_usuario(tx, por, usuario_id, campos)
    done = Importacao(len(batch.new), len(batch.changed), batch.unchanged, batch.recusadas, batch.emails, batch.phones)
    done.linhas, done.desativadas = batch.linhas, batch.desativadas
    return done


def _forms(digits: str) -> set[str]:
    return {digits, *same_person_forms(digits)}


@dataclass(slots=True)
class _Batch:
    secrets: SecretBox
    known: Mapping[str, Row[Any]]
    # Whose each address is, as the rows before leave it.
    owners: dict[str, UUID | None]
    # Who has each phone, and their name.
    owners_of_phones: dict[str, tuple[UUID, str]]
    # The part of it that these rows decided.
    emails: dict[str, UUID | None] = field(default_factory=dict)
    phones: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    # Who can administer, as the rows before leave it.
    administradores: set[UUID] = field(default_factory=set)
    # Who is taken out of service, or comes back.
    moved: list[UUID] = field(default_factory=list)
    # Who is added or changed, and which of their columns.
    acts: list[tuple[UUID, list[str]]] = field(default_factory=list)
    unchanged: int = 0
    recusadas: list[tuple[int, str]] = field(default_factory=list)
    linhas: list[tuple[int, str]] = field(default_factory=list)
    desativadas: list[int] = field(default_factory=list)

    def take(self, linha: UsuarioRow) -> None:
        """Decide what becomes of one row."""
        usuario = self._of_phone(linha.telefone)
        usuario_id = uuid4() if usuario is None else usuario.id
        if linha.email and self.owners.get(linha.email) not in (None, usuario_id):
            self.recusadas.append((linha.linha, "email: já é de outra pessoa"))
            return
        if (other := self._other_owner(linha, usuario)) is not None:
            self.recusadas.append((linha.linha, f"{other[0]}: já é de {other[1]}"))
            return
        if self._leaves_nobody(usuario, linha):
            self.recusadas.append((linha.linha, "perfil_usuario: é o último administrador ativo"))
            return
        if usuario is not None and not usuario.status_ativo and linha.status_ativo is None:
            self.desativadas.append(linha.linha)
        if usuario is None:
            self.new.append(self._added(usuario_id, linha))
            self.acts.append((usuario_id, [CRIADO]))
            self.linhas.append((linha.linha, ""))
        elif changes := self._changes(usuario, linha):
            if "status_ativo" in changes or "perfil_usuario" in changes:
                self.moved.append(usuario_id)
            self.acts.append((usuario_id, sorted(changes)))
            self.linhas.append((linha.linha, ", ".join(name for name in changes if name != "login_recusado_em")))
            self.changed.append({"id": usuario_id} | {name: getattr(usuario, name) for name in CHANGEABLE} | changes)
        else:
            self.unchanged += 1
        self._note_email(usuario, usuario_id, linha.email)
        self._note_phones(linha, usuario_id)

    def _leaves_nobody(self, usuario: Row[Any] | None, linha: UsuarioRow) -> bool:
        """Whether after this row nobody could administer any more; it counts as done otherwise."""
        if usuario is None:
            return False
        active = usuario.status_ativo if linha.status_ativo is None else linha.status_ativo
        if usuario.id not in self.administradores or (active and tem(linha.perfil_usuario, Direito.ADMINISTRAR)):
            return False
        left = self.administradores - {usuario.id}
        self.administradores = left or self.administradores
        return not left

    def _other_owner(self, linha: UsuarioRow, usuario: Row[Any] | None) -> tuple[str, str] | None:
        """The column whose phone, in any of its forms, is somebody else's, and their name."""
        for column, digits in (("telefone", linha.telefone), ("tel_whatsapp", linha.tel_whatsapp)):
            for form in _forms(digits) if digits else ():
                owner = self.owners_of_phones.get(form)
                if owner is None or (usuario is not None and owner[0] == usuario.id):
                    continue
                if not (column == "telefone" and self._is_left_aside(form, usuario)):
                    return column, owner[1]
        return None

    def _is_left_aside(self, form: str, usuario: Row[Any] | None) -> bool:
        """Whether who has it is out of service, beside somebody of the same phone who is not: they had it before."""
        twin = self.known.get(form)
        return twin is not None and not twin.status_ativo and usuario is not None and usuario.status_ativo

    def _note_phones(self, linha: UsuarioRow, usuario_id: UUID) -> None:
        for digits in filter(None, (linha.telefone, linha.tel_whatsapp)):
            owner = dict.fromkeys(_forms(digits), (usuario_id, linha.nome_completo))
            self.owners_of_phones |= owner
            self.phones |= owner

    def _note_email(self, usuario: Row[Any] | None, usuario_id: UUID, email: str | None) -> None:
        if email is None:
            return
        decided: dict[str, UUID | None] = {email: usuario_id}
        if usuario is not None and usuario.email not in (None, email):
            decided[usuario.email] = None
        self.owners |= decided
        self.emails |= decided

    def _of_phone(self, telefone: str) -> Row[Any] | None:
        """Who has it: of two people of one phone who is active, then who has it exactly so."""
        found = [self.known[form] for form in (telefone, *same_person_forms(telefone)) if form in self.known]
        return min(found, key=lambda usuario: not usuario.status_ativo, default=None)

    def _added(self, usuario_id: UUID, linha: UsuarioRow) -> dict[str, Any]:
        row = {name: getattr(linha, name) for name in _PLAIN} | {"id": usuario_id, "telefone": linha.telefone}
        row["autorizar_venda_sem_auditoria"] = bool(linha.autorizar_venda_sem_auditoria)
        row["status_ativo"] = linha.status_ativo is not False
        row["senha_pap"] = self._sealed(usuario_id, linha.senha_pap) if linha.senha_pap else None
        return row

    def _changes(self, usuario: Row[Any], linha: UsuarioRow) -> dict[str, Any]:
        said = {name: getattr(linha, name) for name in _PLAIN}
        changes = {name: new for name, new in said.items() if new is not None and new != getattr(usuario, name)}
        if linha.senha_pap and not self._is_senha(usuario, linha.senha_pap):
            changes["senha_pap"] = self._sealed(usuario.id, linha.senha_pap)
        if "senha_pap" in changes or "matricula_pap" in changes:
            changes["login_recusado_em"] = None
        return changes

    def _sealed(self, usuario_id: UUID, senha: str) -> str:
        return self.secrets.seal(senha, "usuarios", "senha_pap", usuario_id)

    def _is_senha(self, usuario: Row[Any], senha: str) -> bool:
        if usuario.senha_pap is None:
            return False
        try:
            return self.secrets.open(usuario.senha_pap, "usuarios", "senha_pap", usuario.id) == senha
        except SecretUnreadable:
            return False
