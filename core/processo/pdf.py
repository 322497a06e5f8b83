"""Whether bytes are a PDF at all. What the PDF says, and what is hidden in it, is looked at elsewhere."""

from enum import StrEnum

# ISO 32000: the header may stand anywhere in the first kilobyte, the end mark in the last.
_NEAR = 1024


class Defeito(StrEnum):
    """Why a file is no PDF that can be read; the words of `codigo`."""

    VAZIO = "VAZIO"
    ZIP = "ZIP"
    HTML = "HTML"
    OUTRO = "OUTRO"
    CORTADO = "CORTADO"


def defeito_of(conteudo: bytes) -> Defeito | None:
    """What is wrong with the file; None for a whole PDF."""
    start = conteudo[:_NEAR]
    if not conteudo.strip():
        return Defeito.VAZIO
    if b"%PDF-" in start:
        return None if b"%%EOF" in conteudo[-_NEAR:] else Defeito.CORTADO
    if start.startswith(b"PK"):
        return Defeito.ZIP
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return Defeito.HTML
    return Defeito.OUTRO
