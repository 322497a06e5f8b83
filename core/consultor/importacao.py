"""What a consultores file changes (contract §7). The same file again changes nothing."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from core.auditoria.auditoria import CRIADO, LINHA_DE_COMANDO, Autor, registrar, registrar_usuario
from core.consultor.consultores import follow_service
from core.consultor.idioma_reserva import language_code
from core.planilha.celulas import booleano, inteiro, telefone, texto
from core.planilha.importacao import Importacao
from core.planilha.planilhas import Column
from core.telefones import same_person_forms
from storage.auditoria.tipos import Ato
from storage.consultor.consultores import (
    Consultor,
    add_consultores,
    change_consultor,
    consultores_like,
)
from storage.pessoa.importacao import add_usuarios
from storage.pessoa.perfil import ATENDENTES, Perfil
from storage.pessoa.usuarios import lock_usuarios, owners_of_phones, usuarios_by_ids
from storage.transaction import Transaction

_CHANGEABLE = ("nome", "idiomas", "id_pipedrive", "status_ativo", "status_ativo_sequencial")


@dataclass(frozen=True, slots=True)
class ConsultorRow:
    """A row of a consultores file. None: the file does not say, so what is stored stays."""

    linha: int
    nome: str
    idiomas: list[str]
    telefone: str | None = None
    id_pipedrive: int | None = None
    status_ativo: bool | None = None
    status_ativo_sequencial: bool | None = None


def idiomas(cell: str) -> list[str]:
    """Languages as `pt|en`; commas, slashes and spaces do as well."""
    try:
        return list(dict.fromkeys(language_code(part) for part in re.split(r"[|,;/\s]+", cell) if part))
    except ValueError:
        raise ValueError("escreva os códigos dos idiomas, como em pt|en") from None


CONSULTORES = (
    Column("nome", texto, required=True),
    Column("idiomas", idiomas, required=True),
    Column("telefone", telefone, key=lambda digits: same_person_forms(digits)[0]),
    Column("id_pipedrive", inteiro, key=lambda number: number),
    Column("status_ativo", booleano),
    Column("status_ativo_sequencial", booleano),
)


async def import_consultores(
    tx: Transaction,
    linhas: Sequence[ConsultorRow],
    before: Importacao,
    *,
    simular: bool = False,
    por: Autor = LINHA_DE_COMANDO,
) -> Importacao:
    """Add the consultores who are new, change those who are known; a few thousand rows at a time.

    Who a row is about: the consultor of its `telefone`, else of its `id_pipedrive`, else of its `nome`; by a weaker one
    never somebody whose stronger one is another. A row that could be about two is refused. What a row does not say
    stays. New ones start offline, unless the person of their telefone is online now; a person nobody knew is
    registered with perfil CONSULTOR.
    `before` is what became of earlier rows of the same file. With `simular` nothing is written, and the answer is the
    same.
    """
    await lock_usuarios(tx)
    known = await consultores_like(tx, _forms(linhas), _numbers(linhas), [linha.nome for linha in linhas])
    people = {form: owner for form, (owner, _nome) in (await owners_of_phones(tx, _forms(linhas))).items()}
    rows = await usuarios_by_ids(tx.connection, people.values())
    others = {row.id: row for row in rows.values() if row.perfil_usuario not in ATENDENTES}
    taken = await consultores_like(tx, usuario_ids=list(people.values()))
    batch = _Batch(_by_all_names(known), people, {one.usuario_id: one.id for one in taken}, others, before.vistos)
    for linha in linhas:
        batch.take(linha)
    if not simular and (batch.new or batch.changed):
        await _write(tx, batch, por)
    done = Importacao(len(batch.new), len(batch.changed), batch.unchanged, batch.recusadas, vistos=batch.vistos)
    done.linhas, done.desativadas = batch.linhas, batch.desativadas
    return done


async def _write(tx: Transaction, batch: "_Batch", por: Autor) -> None:
    await add_usuarios(tx, batch.new_people)
    await add_consultores(tx, batch.new)
    for consultor_id, changes in batch.changed.items():
        await change_consultor(tx, consultor_id, changes)
    await follow_service(tx, batch.moved)
    registrar(tx, Ato.IMPORTAR, por, o_que="consultores", criados=len(batch.new), alterados=len(batch.changed))
    for pessoa in batch.new_people:
        registrar_usuario(tx, por, pessoa["id"], [CRIADO])


@dataclass(slots=True)
class _Batch:
    # Those who are there already, by telefone, id_pipedrive and nome.
    known: Mapping[str | int | None, Sequence[Consultor]]
    # Whose phone it is, by every form it was asked for.
    people: dict[str, UUID]
    # The consultor that each person is.
    consultor_of: Mapping[UUID | None, int]
    # Those of them who do not attend.
    others: Mapping[UUID, Row[Any]]
    # The rows of earlier batches, by nome and by the id of whom they changed.
    before: Mapping[Hashable, Sequence[ConsultorRow]]
    # The same of these rows, together with those of earlier batches that share a key with them.
    vistos: dict[Hashable, list[ConsultorRow]] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)
    new_people: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    # The people of those who are new or changed.
    moved: set[UUID] = field(default_factory=set)
    unchanged: int = 0
    recusadas: list[tuple[int, str]] = field(default_factory=list)
    linhas: list[tuple[int, str]] = field(default_factory=list)
    desativadas: list[int] = field(default_factory=list)

    def take(self, linha: ConsultorRow) -> None:
        """Decide what becomes of one row."""
        found = self._candidates(linha)
        earlier = [seen for seen in self._seen(linha.nome) if _may_be(linha, seen)]
        earlier += [seen for one in found for seen in self._seen(one.id)]
        usuario_id = self._person(linha.telefone) if linha.telefone else None
        other = self.consultor_of.get(usuario_id) if usuario_id is not None else None
        if earlier:
            self._refuse(linha, f"parece o consultor da linha {earlier[0].linha}; informe telefone ou id_pipedrive")
        elif len(found) > 1:
            self._refuse(linha, "nome: há mais de um consultor assim; informe telefone ou id_pipedrive")
        elif other is not None and (not found or found[0].id != other):
            self._refuse(linha, "telefone: já é de outro consultor")
        elif usuario_id is not None and (person := self.others.get(usuario_id)) is not None:
            self._refuse(linha, f"telefone: é de {person.nome_completo}, {person.perfil_usuario}, que não atende")
        else:
            for key in (linha.nome, *(one.id for one in found)):
                self.vistos[key] = [*self._seen(key), linha]
            self._keep(linha, found[0] if found else None, usuario_id)

    def _seen(self, key: Hashable) -> Sequence[ConsultorRow]:
        return self.vistos.get(key) or self.before.get(key, ())

    def _keep(self, linha: ConsultorRow, consultor: Consultor | None, usuario_id: UUID | None) -> None:
        if consultor is not None and not consultor.status_ativo and linha.status_ativo is None:
            self.desativadas.append(linha.linha)
        if consultor is None:
            self.new.append(added := self._added(linha, usuario_id))
            self.linhas.append((linha.linha, ""))
            self._follow(added["usuario_id"])
        elif changes := self._changes(linha, consultor, usuario_id):
            self.changed[consultor.id] = changes
            self.linhas.append((linha.linha, ", ".join(changes)))
            self._follow(changes.get("usuario_id", consultor.usuario_id))
        else:
            self.unchanged += 1

    def _follow(self, usuario_id: UUID | None) -> None:
        if usuario_id is not None:
            self.moved.add(usuario_id)

    def _refuse(self, linha: ConsultorRow, motivo: str) -> None:
        self.recusadas.append((linha.linha, motivo))

    def _candidates(self, linha: ConsultorRow) -> list[Consultor]:
        """Whom the row may be about, by the strongest thing it says that somebody has."""
        forms = same_person_forms(linha.telefone) if linha.telefone else ()
        by_phone = [one for form in forms for one in self.known.get(form, ())]
        numbered = self.known.get(linha.id_pipedrive, ())
        named = self.known.get(linha.nome, ())
        return (
            by_phone
            or [one for one in numbered if _may_be(linha, one)]
            or [one for one in named if _may_be(linha, one)]
        )

    def _person(self, digits: str) -> UUID | None:
        return next((self.people[form] for form in (digits, *same_person_forms(digits)) if form in self.people), None)

    def _linked(self, linha: ConsultorRow, usuario_id: UUID | None) -> dict[str, Any]:
        """The columns of the person of the row's phone, who is registered when nobody knew them."""
        if linha.telefone is None:
            return {"telefone": None, "usuario_id": None}
        if usuario_id is None:
            usuario_id = uuid4()
            self.new_people.append(_new_person(usuario_id, linha.nome, linha.telefone))
        return {"telefone": linha.telefone, "usuario_id": usuario_id}

    def _added(self, linha: ConsultorRow, usuario_id: UUID | None) -> dict[str, Any]:
        row = {name: getattr(linha, name) for name in _CHANGEABLE}
        row["status_ativo"] = linha.status_ativo is not False
        row["status_ativo_sequencial"] = linha.status_ativo_sequencial is not False
        return row | {"status_online": False} | self._linked(linha, usuario_id)

    def _changes(self, linha: ConsultorRow, consultor: Consultor, usuario_id: UUID | None) -> dict[str, Any]:
        said = {name: getattr(linha, name) for name in _CHANGEABLE}
        changes = {name: new for name, new in said.items() if new is not None and new != getattr(consultor, name)}
        if linha.telefone is not None and consultor.telefone is None:
            changes |= self._linked(linha, usuario_id)
        return changes


def _may_be(linha: ConsultorRow, other: ConsultorRow | Consultor) -> bool:
    """Whether nothing says that these are two people."""
    forms = same_person_forms(linha.telefone) if linha.telefone else (other.telefone,)
    same_phone = other.telefone is None or other.telefone in forms
    return same_phone and (linha.id_pipedrive is None or other.id_pipedrive in (None, linha.id_pipedrive))


def _by_all_names(known: Iterable[Consultor]) -> dict[str | int | None, list[Consultor]]:
    found: dict[str | int | None, list[Consultor]] = {}
    for one in known:
        for name in {one.telefone, one.id_pipedrive, one.nome} - {None}:
            found.setdefault(name, []).append(one)
    return found


def _new_person(usuario_id: UUID, nome: str, digits: str) -> dict[str, Any]:
    return {
        "id": usuario_id,
        "nome_completo": nome,
        "telefone": digits,
        "perfil_usuario": Perfil.CONSULTOR,
    }


def _forms(linhas: Iterable[ConsultorRow]) -> list[str]:
    phones = [linha.telefone for linha in linhas if linha.telefone]
    return [form for digits in phones for form in {digits, *same_person_forms(digits)}]


def _numbers(linhas: Iterable[ConsultorRow]) -> list[int]:
    return [linha.id_pipedrive for linha in linhas if linha.id_pipedrive is not None]
