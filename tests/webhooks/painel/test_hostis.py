"""Forms that no page of ours sends: each of the panel's acts refuses them in order, and never fails over them."""

from typing import Any
from uuid import uuid4

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.painel import browser_of, csrf_in
from tests.support.service import RunningService
from webhooks.painel.entrada import PORTAS
from webhooks.painel.telas import TELAS

MULTIPART = "multipart/form-data; boundary=x"


def _parts(disposition: bytes, content: bytes) -> bytes:
    """The token in a part, and another part behind it."""
    part = b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
    return part % (b'name="csrf"', b"CSRF") + part % (disposition, content) + b"--x--\r\n"


FORM = "application/x-www-form-urlencoded"
# What is sent beside the token of the session: as it goes over the wire, and how.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "a NUL": (b"&nome=a%00b", FORM),
    "a NUL in a name": (b"&no%00me=a", FORM),
    "a million characters": (b"&nome=" + b"x" * 1_000_000, FORM),
    "a field twice": (b"&nome=a&nome=b", FORM),
    "the token twice": (b"&csrf=a", FORM),
    "half an emoji": (b"&nome=+2D0-", f"{FORM}; charset=utf-7"),
}
STRANGE: dict[str, tuple[bytes, str]] = {
    "a field of no form": (b"&xpto=1", FORM),
    "bytes that are no text": (b"&nome=%ff%fe", FORM),
    "words for boxes": (b"&status_ativo=talvez&possui_rpa=talvez&ativo=talvez", FORM),
    "letters for numbers": (b"&versao=abc&id_pipedrive=abc&n=-1&visto=zzz&volta=//outro.example", FORM),
    "an encoding that is none": (b"&nome=a", f"{FORM}; charset=nenhuma"),
    "JSON": (b'{"nome": "a"}', "application/json"),
    "a file's name that is no text": (_parts(b'name="arquivo"; filename="\xff\x00\xfe.csv"', b"a;b\n"), MULTIPART),
    "a long field whose name is no text": (_parts(b'name="\xff\xfe"', b"x" * 5_000), MULTIPART),
    "parts that are none": (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    "parts without a boundary": (b"--x\r\n\r\n", "multipart/form-data"),
}


async def answers(service: RunningService, sent: dict[str, tuple[bytes, str]]) -> dict[tuple[str, str], int]:
    """How every act answers each of these, asked by an administrator: by its path and what was sent."""
    found: dict[tuple[str, str], Any] = {}
    adm = await service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR)
    async with browser_of(service) as browser:
        await browser.enters(adm)
        csrf = csrf_in(await browser.sees("/painel/sessoes"))
        for tela in (*TELAS, *PORTAS):
            if tela.method == "GET" or tela.path == "/painel/sair":
                continue
            path = tela.path.replace("{id}", str(uuid4()))
            for what, (body, kind) in sent.items():
                headers = {"Origin": service.url, "Sec-Fetch-Site": "same-origin", "Content-Type": kind}
                begin = b"" if kind.startswith(("multipart", "application/json")) else b"csrf=" + csrf.encode()
                async with browser.http.post(
                    path, data=begin + body.replace(b"CSRF", csrf.encode()), headers=headers, allow_redirects=False
                ) as answer:
                    found[path, what] = answer.status
    return found


@pytest.mark.falha(243)
async def test_what_is_no_text_too_much_or_twice_is_refused_by_every_act(sqlite_service: RunningService) -> None:
    found = await answers(sqlite_service, HOSTILE)
    assert {where: status for where, status in found.items() if not 400 <= status < 500} == {}


@pytest.mark.falha(243)
async def test_what_is_strange_is_never_a_fault_of_ours(sqlite_service: RunningService) -> None:
    found = await answers(sqlite_service, STRANGE)
    assert {where: status for where, status in found.items() if status >= 500} == {}
