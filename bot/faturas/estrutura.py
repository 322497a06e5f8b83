"""What a file is before anybody renders it: a PDF or not, whole or cut, with or without things that act.

Bytes first, then the structure by pikepdf; nothing is rendered, no action is run.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from core.testemunha.leitura import MAIOR_ARQUIVO, Recusa

MOST_PAGES = 500
_HEAD, _TAIL = 1024, 1024
_EOF = b"%%EOF"
_ZIP, _HTML = (
    b"PK\x03\x04",
    # A portal's page may have a declaration, or a remark, before it begins.
    re.compile(
        rb"\s*(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,500}?-->){0,9}"
        rb"<(?:!doctype html|html|head|body|script)",
        re.IGNORECASE | re.DOTALL,
    ),
)
# Behind the end of a file: what mail, terminals and mainframes leave there (^Z ends a text of DOS).
_PADDING = b"\r\n\t \x00\x1a"
# One whole document behind another. A later version of the same one has no head of its own; what mail leaves between
# two of them holds no object.
_ANOTHER = re.compile(rb"%%EOF(?:(?!\sobj\b).){0,1024}?%PDF-[12]\.[0-9]", re.DOTALL)
# What a reader of the file may do with it; the others only move about in the document or open a page.
_ACTS = {"/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound"}
_MOST_ACTIONS = 5000


class RefusedFileError(Exception):
    """The file is not taken."""

    def __init__(self, motivo: Recusa) -> None:
        super().__init__(motivo.value)
        self.motivo = motivo


@dataclass(frozen=True)
class Aberto:
    """A PDF that opens. `senha`: what opened it; `conteudo`: without password if it had one, else as it came."""

    conteudo: bytes
    senha: str = ""


def check_file(content: bytes, senhas: Sequence[str]) -> Aberto:
    """The file, if it is a whole PDF without anything that acts. Raises RefusedFileError."""
    _check_bytes(content)
    pdf, senha = _opened(content, senhas)
    with pdf:
        if not 0 < len(pdf.pages) <= MOST_PAGES:
            raise RefusedFileError(Recusa.MUITAS_PAGINAS if len(pdf.pages) else Recusa.ILEGIVEL)
        _check_structure(pdf)
        return Aberto(_without_password(pdf), senha) if senha else Aberto(content)


def _check_bytes(content: bytes) -> None:
    if not content.strip():
        raise RefusedFileError(Recusa.VAZIO)
    if len(content) > MAIOR_ARQUIVO:
        raise RefusedFileError(Recusa.GRANDE)
    if content.startswith(_ZIP):
        raise RefusedFileError(Recusa.ARQUIVO_ZIP)
    if b"%PDF-" not in content[:_HEAD]:
        raise RefusedFileError(Recusa.PAGINA_HTML if _HTML.match(content) else Recusa.NAO_E_PDF)
    end = content.rfind(_EOF)
    if end < 0 or b"startxref" not in content[max(0, end - _TAIL) : end]:
        raise RefusedFileError(Recusa.CORTADO)
    behind = content[end + len(_EOF) :].strip(_PADDING)
    if behind:
        # Objects of a later version that did not arrive whole, or something that is no PDF at all.
        raise RefusedFileError(Recusa.CORTADO if re.match(rb"[0-9]+ [0-9]+ obj", behind) else Recusa.COM_DADOS_NO_FIM)
    if _ANOTHER.search(content):
        raise RefusedFileError(Recusa.DOIS_PDFS)


def _opened(content: bytes, senhas: Sequence[str]) -> tuple[Pdf, str]:
    """The document and the password that opened it; the empty one is tried first, and is normal."""
    for senha in ("", *senhas):
        try:
            return pikepdf.open(io.BytesIO(content), password=senha), senha
        except pikepdf.PasswordError:
            continue
        except pikepdf.PdfError as error:
            raise RefusedFileError(Recusa.ILEGIVEL) from error
    raise RefusedFileError(Recusa.COM_SENHA)


def _without_password(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    # The same file opened again is the same copy.
    pdf.save(out, static_id=True)
    return out.getvalue()


def _check_structure(pdf: Pdf) -> None:
    """Refuses what acts or carries files: those of the document, its pages, their notes and fields."""
    names = pdf.Root.get(Name.Names, Dictionary())
    if Name.JavaScript in names:
        raise RefusedFileError(Recusa.COM_SCRIPT)
    if Name.EmbeddedFiles in names or Name.AF in pdf.Root or Name.Collection in pdf.Root:
        raise RefusedFileError(Recusa.COM_ANEXO)
    for count, action in enumerate(_actions(pdf)):
        kind = str(action.get(Name.S, ""))
        if kind == "/JavaScript" or Name.JS in action:
            raise RefusedFileError(Recusa.COM_SCRIPT)
        if kind in _ACTS or count > _MOST_ACTIONS:
            raise RefusedFileError(Recusa.COM_ACAO)


def _actions(pdf: Pdf) -> Iterator[Dictionary]:
    """Every action of the document and what follows from it."""
    for holder in _holders(pdf):
        if str(holder.get(Name.Subtype, "")) == "/FileAttachment":
            raise RefusedFileError(Recusa.COM_ANEXO)
        for key in (Name.OpenAction, Name.A, Name.PA):
            yield from _chain(holder.get(key))
        extra = holder.get(Name.AA)
        if isinstance(extra, Dictionary):
            for _, action in extra.items():
                yield from _chain(action)


def _holders(pdf: Pdf) -> Iterator[Dictionary]:
    """What can have an action: the document, its bookmarks, pages, notes and the fields of its form."""
    yield from _dictionaries(pikepdf.Array([pdf.Root]))
    form = pdf.Root.get(Name.AcroForm)
    yield from _walked(form.get(Name.Fields) if isinstance(form, Dictionary) else None, Name.Kids)
    yield from _bookmarks(pdf.Root.get(Name.Outlines))
    for page in pdf.pages:
        yield from _dictionaries(pikepdf.Array([page.obj]))
        yield from _dictionaries(page.obj.get(Name.Annots))


def _walked(items: Object | None, kids: Name) -> Iterator[Dictionary]:
    waiting, seen = list(_dictionaries(items)), 0
    while waiting and seen <= _MOST_ACTIONS:
        item = waiting.pop()
        seen += 1
        yield item
        waiting += _dictionaries(item.get(kids))


def _bookmarks(outlines: Object | None) -> Iterator[Dictionary]:
    waiting: list[Object | None] = [outlines]
    seen = 0
    while waiting and seen <= _MOST_ACTIONS:
        item = waiting.pop()
        if not isinstance(item, Dictionary):
            continue
        seen += 1
        yield item
        waiting += [item.get(Name.First), item.get(Name.Next)]


def _chain(action: Object | None) -> Iterator[Dictionary]:
    """An action and those that `Next` names; a destination is none."""
    for _ in range(20):
        if not isinstance(action, Dictionary):
            yield from _dictionaries(action)
            return
        yield action
        action = action.get(Name.Next)


def _dictionaries(items: object) -> Iterable[Dictionary]:
    return [item for item in items if isinstance(item, Dictionary)] if isinstance(items, pikepdf.Array) else []
