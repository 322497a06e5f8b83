"""What a backup says of itself: inside the sealed file, and in clear beside it for the list and the checks."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from storage.auditoria.cadeia import CabecaDaAuditoria
from storage.backup.problems import BackupError, Problem

FORMAT = "balcao-backup-1"


@dataclass(frozen=True, slots=True)
class Prova:
    """A backup was restored into a scratch database, counted, and one file of it compared.

    `segundos`: what a real restore would take. `arquivo`: the key of the file that was compared, None when the
    database names none.
    """

    em: datetime
    segundos: float
    linhas: int
    arquivo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds and what it needs.

    `engine`: `sqlite` or `postgresql`; `versao`: of the engine; `programa`: major version of pg_dump. `esquema`: the
    newest migration in it. `linhas`: rows by table. `auditoria`: how far the audit was. `sha256`, `tamanho`: of the
    dump in clear; `comprimido`: its bytes after compression. `chave`: id of the key of SECRET_KEYS that opens it.
    `destinatarios`: the others that do.
    """

    formato: str = FORMAT
    nome: str
    feito_em: datetime
    engine: str
    versao: str
    programa: int | None = None
    esquema: str
    linhas: dict[str, int]
    # Backups of before there was one have none.
    auditoria: CabecaDaAuditoria | None = None
    sha256: str
    tamanho: int
    comprimido: int = 0
    chave: str = ""
    destinatarios: tuple[str, ...] = ()
    # Known only outside of the sealed file.
    sha256_selado: str | None = None
    tamanho_selado: int | None = None
    prova: Prova | None = None

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.linhas.values())

    def to_json(self) -> bytes:
        """One line."""
        return _FORM.dump_json(self)

    @staticmethod
    def from_json(text: bytes) -> "Manifest":
        """BackupError (NOT_A_BACKUP) when this is no manifest of ours."""
        try:
            found = _FORM.validate_json(text)
        except ValidationError:
            raise BackupError(Problem.NOT_A_BACKUP) from None
        if found.formato != FORMAT:
            raise BackupError(Problem.NOT_A_BACKUP)
        return found

    def proved(self, prova: Prova) -> "Manifest":
        """The same, proved."""
        return replace(self, prova=prova)


_FORM: TypeAdapter[Manifest] = TypeAdapter(Manifest)
