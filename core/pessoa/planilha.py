"""The rows of a usuarios file (contract §7)."""

from dataclasses import dataclass, field

from core.planilha.celulas import booleano, email, identificador, perfil, senha, telefone, texto
from core.planilha.planilhas import Column
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
    Column("nome_completo", texto, required=True, aliases=("nome",)),
    Column("telefone", telefone, required=True, key=lambda digits: same_person_forms(digits)[0], aliases=("celular",)),
    Column("perfil_usuario", perfil, required=True, aliases=("perfil",)),
    Column("email", email, aliases=("e_mail",)),
    Column("tel_whatsapp", telefone, aliases=("whatsapp",)),
    Column("matricula_pap", identificador, aliases=("matricula",)),
    Column("senha_pap", senha),
    Column("autorizar_venda_sem_auditoria", booleano),
    Column("status_ativo", booleano, aliases=("ativo", "situacao", "status")),
)
