"""The rows of a usuarios file (contract §7)."""

from dataclasses import dataclass, field

from core.planilha.abertura import read_rows
from core.planilha.celulas import booleano, email, identificador, perfil, telefone, texto
from core.planilha.planilhas import Column, Linha, Planilha
from core.telefones import same_person_forms
from storage.pessoa.perfil import Perfil


@dataclass(frozen=True, slots=True)
class UsuarioRow:
    """A row of a usuarios file. None: the file does not say, so what is stored stays."""

    linha: int
    nome_completo: str
    telefone: str
    perfil_usuario: Perfil
    email: str | None = None
    tel_whatsapp: str | None = None
    matricula_pap: str | None = None
    senha_pap: str | None = field(default=None, repr=False)
    autorizar_venda_sem_auditoria: bool | None = None
    status_ativo: bool | None = None


USUARIOS = (
    Column("nome_completo", texto, required=True),
    Column("telefone", telefone, required=True, key=lambda digits: same_person_forms(digits)[0]),
    Column("perfil_usuario", perfil, required=True),
    Column("email", email),
    Column("tel_whatsapp", telefone),
    Column("matricula_pap", identificador),
    Column("senha_pap", texto),
    Column("autorizar_venda_sem_auditoria", booleano),
    Column("status_ativo", booleano),
)


def usuario_row(linha: Linha) -> UsuarioRow:
    """A row of a usuarios file."""
    return UsuarioRow(linha.numero, **linha.valores)


def read_usuarios(data: bytes) -> Planilha[UsuarioRow]:
    """All rows of a usuarios file at once; raises PlanilhaError as `read_rows` does."""
    return read_rows(data, USUARIOS).of(usuario_row)
