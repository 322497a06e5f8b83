"""Usuarios over HTTP: who may do what in the operation."""

from typing import Any

from aiohttp import web

from core.pessoa.usuarios import Ocupado, OutroTelefone, SemAdministrador, alterar, criar
from storage.pessoa.usuarios import list_usuarios, usuario_by_id
from webhooks.auth import autor_of
from webhooks.given import DATABASE, RUN, Work
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import ID_IN_PATH, TOTAL, Answer, ok
from webhooks.http.parameters import uuid_in_path
from webhooks.pessoa.schemas import USUARIO, ChangedUsuario, NewUsuario, UsuariosAsked, UsuarioShown

_TAG = "usuarios"
_OF_ONE = tuple((method, "/usuarios/{id}") for method in ("GET", "PUT", "DELETE"))
_TAKEN = {409: "somebody else has this telefone, tel_whatsapp or email"}
_LAST = {409: "somebody else has this tel_whatsapp or email; or no administrator would be left"}
_NONE = {404: "there is no such usuario"}


@endpoint(
    _TAG,
    "Register somebody",
    {201: Answer(UsuarioShown, "created", example=USUARIO, leads_to=_OF_ONE)},
    "They are known by `telefone`, a Brazilian mobile with or without its ninth digit.",
    takes=NewUsuario,
    example={"nome_completo": "Gil Torres", "telefone": "5531988806002", "perfil_usuario": "APROVADOR"},
    refusals=_TAKEN,
)
async def create(request: web.Request, new: NewUsuario) -> UsuarioShown:
    """`POST /usuarios`: 201."""
    return await _written(request, lambda tx: criar(tx, new.model_dump(), autor_of(request)))


@endpoint(
    _TAG,
    "Usuarios, by their id",
    ok([UsuarioShown], [USUARIO], X_Total_Count=TOTAL),
    asks=UsuariosAsked,
)
async def listed(request: web.Request, asked: UsuariosAsked) -> Page:
    """`GET /usuarios`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_usuarios(connection, asked.pagina, **asked.filters())
    return Page([UsuarioShown.of(one) for one in found], total)


@endpoint(_TAG, "One usuario", ok(UsuarioShown, USUARIO), parameters=(ID_IN_PATH,), refusals=_NONE)
async def show(request: web.Request) -> UsuarioShown:
    """`GET /usuarios/{id}`, a deactivated one too."""
    async with request.app[DATABASE].read() as connection:
        usuario = await usuario_by_id(connection, uuid_in_path(request))
    if usuario is None:
        raise _not_found()
    return UsuarioShown.of(usuario)


@endpoint(
    _TAG,
    "Change a usuario",
    ok(UsuarioShown, USUARIO),
    "What the body does not name stays. Rights that are taken away are gone at once: tokens, taps and sessions too."
    " Another telefone is another person.",
    parameters=(ID_IN_PATH,),
    takes=ChangedUsuario,
    example={"perfil_usuario": "OPERADOR"},
    partial=True,
    refusals=_NONE | _LAST,
)
async def edit(request: web.Request, changed: ChangedUsuario) -> UsuarioShown:
    """`PUT /usuarios/{id}`: what the body does not name stays."""
    return await _changed(request, changed.model_dump(exclude_unset=True))


@endpoint(
    _TAG,
    "Deactivate a usuario",
    ok(UsuarioShown, USUARIO | {"status_ativo": False}),
    "What they did stays theirs. Doing it again changes nothing.",
    parameters=(ID_IN_PATH,),
    refusals=_NONE | {409: "no administrator would be left"},
)
async def deactivate(request: web.Request) -> UsuarioShown:
    """`DELETE /usuarios/{id}`."""
    return await _changed(request, {"status_ativo": False})


async def _changed(request: web.Request, values: dict[str, Any]) -> UsuarioShown:
    usuario_id = uuid_in_path(request)
    return await _written(request, lambda tx: alterar(tx, usuario_id, values, autor_of(request)))


async def _written(request: web.Request, work: Work) -> UsuarioShown:
    try:
        usuario = await request.app[RUN](work)
    except Ocupado as taken:
        raise ApiError(409, str(taken)) from None
    except OutroTelefone:
        raise ApiError(409, "telefone: another telefone is another person") from None
    except SemAdministrador:
        raise ApiError(409, "no administrator would be left") from None
    if usuario is None:
        raise _not_found()
    return UsuarioShown.of(usuario)


def _not_found() -> ApiError:
    return ApiError(404, "Usuário não encontrado")
