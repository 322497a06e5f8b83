"""What a process does that reads one file and ends; molde.py forks it, limited before it sees a byte.

It is asked for `senhas`, and `xml`: whether the file is the XML of a note. It answers one line of JSON (`recusa`, or
what was read), then the copy without password if there was one. It knows no setting, opens no socket and no file of
ours.
"""

import hashlib
import json
import resource
from collections.abc import Sequence
from typing import Any

from bot.faturas.estrutura import RefusedFileError, check_file
from bot.faturas.paginas import read_pages
from core.testemunha.leitura import Recusa
from core.testemunha.nota.xml import XmlRecusado, read_xml

MEMORY = 1_500_000_000
"""Bytes of address space; a bill needs a fifth of it."""
CPU_SECONDS = 15


def answer(asked: dict[str, Any], content: bytes) -> bytes:
    """Read one file. It never fails by itself: what it cannot read it refuses."""
    said, copy = _read(content, asked)
    return json.dumps(said).encode() + b"\n" + copy


def read(content: bytes, senhas: Sequence[str]) -> tuple[dict[str, Any], bytes]:
    """What was read of a file, as JSON, and the copy without password. Raises RefusedFileError."""
    aberto = check_file(content, senhas)
    paginas = read_pages(aberto.conteudo)
    said = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "paginas": paginas.textos,
        "barras": paginas.barras,
        "qrs": paginas.qrs,
        "escondido": paginas.escondido,
        "senha": aberto.senha,
    }
    return said, aberto.conteudo if aberto.senha else b""


def read_note(content: bytes) -> dict[str, Any]:
    """What was read of a note's XML, as JSON. Raises RefusedFileError."""
    try:
        nota = read_xml(content)
    except XmlRecusado as refused:
        raise RefusedFileError(Recusa.XML_SEM_NFCOM) from refused
    return {"sha256": hashlib.sha256(content).hexdigest(), "nota": nota.as_json()}


def _read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        if asked["xml"]:
            return read_note(content), b""
        return read(content, asked["senhas"])
    except RefusedFileError as refused:
        return {"recusa": refused.motivo}, b""
    except MemoryError:
        return {"recusa": Recusa.MEMORIA}, b""
    except Exception:  # parsers of strangers' files raise what they like
        return {"recusa": Recusa.ILEGIVEL}, b""


def limit() -> None:
    """What a process that reads may use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
