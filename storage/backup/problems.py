"""What can be wrong with a backup, by code; whoever talks to people has one sentence for each."""

from enum import StrEnum


class Problem(StrEnum):
    """Why a backup was not made, proved or put back. The facts its sentence needs are beside it."""

    POOLED = "pooled"  # a pooler gives each transaction another connection
    NO_PROGRAMS = "no_programs"  # servidor: the server's major version
    DUMP_FAILED = "dump_failed"  # motivo
    NOT_A_BACKUP = "not_a_backup"
    DAMAGED = "damaged"
    TRUNCATED = "truncated"  # faltam: bytes
    WRONG_KEY = "wrong_key"  # chave: id of the key that opens it, "" when nobody knows
    NO_KEY = "no_key"
    OTHER_ENGINE = "other_engine"  # do_backup, daqui
    NEWER_SCHEMA = "newer_schema"  # esquema
    SERVER_TOO_OLD = "server_too_old"  # precisa, servidor
    NOT_EMPTY = "not_empty"  # linhas
    IN_USE = "in_use"
    COUNTS_DIFFER = "counts_differ"  # tabela, esperadas, lidas
    AUDIT_BROKEN = "audit_broken"  # numero, ate: the first rows
    FILE_DIFFERS = "file_differs"  # arquivo
    LOAD_FAILED = "load_failed"  # motivo
    NOT_ALLOWED = "not_allowed"  # the database's user may not make a scratch database
    MISSING = "missing"  # nome
    NO_FOLDER = "no_folder"  # pasta: where the copy was to go
    NO_ROOM = "no_room"  # a disk of ours is full
    NOT_COPIED = "not_copied"  # nome, arquivo, motivo: it is in the store all the same


class BackupError(Exception):
    """The work stopped, and nothing was changed; `problem` says why, `facts` what its sentence needs."""

    def __init__(self, problem: Problem, **facts: object) -> None:
        details = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{problem.value}{f' ({details})' if details else ''}")
        self.problem = problem
        self.facts = facts
