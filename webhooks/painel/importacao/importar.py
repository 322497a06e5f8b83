"""A file of rows: brought, looked at, its refused rows taken back, done exactly as it was looked at."""

from aiohttp import web
from redis.exceptions import RedisError

from core.direitos.direitos import QUEM, Direito
from core.planilha.motivos import in_language
from core.planilha.olhada import MAIS_LINHAS, LinhasDemais, Olhada, OutroResultado
from core.planilha.planilhas import OURS, PlanilhaError, csv_bytes
from storage.objects import ObjectStoreError
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.uploads import Upload
from webhooks.painel.guarda import FORM, UPLOAD
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Importacoes, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

PATH = "/painel/importar"
KINDS = ("clientes", "operadoras", "usuarios", "consultores")
LARGEST = 3_000_000
"""Bytes that are looked at as a whole; a larger file goes on in chat, as one of more rows does."""
# So many are shown of what changes, and of what is refused; the file has them all.
SHOWN = 100


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/importar`."""
    return _choose(request, request.query.get("o_que", ""))


async def look(request: web.Request) -> web.StreamResponse:
    """`POST /painel/importar`: nothing is written; on to what it would change."""
    o_que, file = str(request[FORM].get("o_que", "")), request.get(UPLOAD)
    if o_que not in KINDS:
        raise ApiError(422, "o_que")
    if file is None or not (file.content or file.filename):
        return _choose(request, o_que, "sem_arquivo")
    if not file.content:
        return _choose(request, o_que, "vazio")
    if len(file.content) > LARGEST:
        return await _in_chat(request, o_que, file)
    importacoes = request.app[PAINEL].importacoes
    try:
        await importacoes.olhar(o_que, file.content)
    except LinhasDemais:
        return await _in_chat(request, o_que, file)
    except PlanilhaError as error:
        return _choose(request, o_que, "planilha", str(error))
    try:
        name = await importacoes.guardar(request[SESSAO].id, o_que, _shown_name(file.filename), file.content)
    except (RedisError, OSError):
        raise overloaded() from None
    return go(f"{PATH}/{name}")


async def _in_chat(request: web.Request, o_que: str, file: Upload) -> web.Response:
    """More rows than are done as a whole: the bot asks in the conversation of whoever brought them."""
    nome = _shown_name(file.filename)
    try:
        taken = await _importacoes(request).levar_a_conversa(request[SESSAO].usuario_id, o_que, nome, file.content)
    except ObjectStoreError:
        raise overloaded() from None
    return go(PATH, "importacao_na_conversa") if taken else _choose(request, o_que, "grande")


async def show_looked_at(request: web.Request) -> web.StreamResponse:
    """`GET /painel/importar/{nome}`: what it would change now."""
    o_que, nome, content = await _kept(request)
    return _looked(request, nome, await _importacoes(request).olhar(o_que, content))


async def refused(request: web.Request) -> web.StreamResponse:
    """`GET /painel/importar/{nome}/recusadas.csv`: the refused rows as they came, with line and reason."""
    o_que, _nome, content = await _kept(request)
    olhada = await _importacoes(request).olhar(o_que, content)
    idioma = request[SESSAO].idioma
    rows = [[numero, in_language(motivo, idioma), *cells] for numero, motivo, *cells in olhada.recusadas]
    body = csv_bytes([*OURS, *olhada.cabecalho], rows)
    headers = {"Content-Disposition": f'attachment; filename="{o_que}-recusadas.csv"'}
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


async def confirm(request: web.Request) -> web.StreamResponse:
    """`POST /painel/importar/{nome}/confirmar`: all of it, or nothing where it would do something else by now."""
    try:
        o_que, nome, content = await _kept(request)
    except ApiError as error:
        if error.status != 404:
            raise
        return go(PATH, "importacao_acabou")
    importacoes, soma = _importacoes(request), str(request[FORM].get("soma", ""))
    try:
        done = await importacoes.fazer(o_que, content, autor_of(request), soma)
    except OutroResultado:
        olhada = await importacoes.olhar(o_que, content)
        if olhada.muda:
            return _looked(request, nome, olhada, 409)
        # Sent twice, and the first time did it all.
        await _drop(request)
        return go(f"/painel/{o_que}", "importado_antes")
    if done is None:
        raise ApiError(403, "needs perfil ADMINISTRADOR")
    await _drop(request)
    counts = {"n": done.criados, "alterados": done.alterados, "recusadas": len(done.recusadas)}
    return go(f"/painel/{o_que}", "importado", "", **counts)


async def leave(request: web.Request) -> web.StreamResponse:
    """`POST /painel/importar/{nome}/largar`: it is not wanted."""
    await _kept(request)
    await _drop(request)
    return go(PATH, "importacao_largada")


def _shown_name(filename: str) -> str:
    """What can be shown of what a browser says that the file is called."""
    return "".join(char for char in filename[:100] if char.isprintable())


def _choose(request: web.Request, o_que: str, erro: str = "", detalhe: str = "") -> web.Response:
    return page(
        request,
        "importacao/importar.html",
        422 if erro else 200,
        o_que=o_que if o_que in KINDS else KINDS[0],
        erro=erro,
        detalhe=detalhe,
        mais_linhas=MAIS_LINHAS,
    )


def _looked(request: web.Request, nome: str, olhada: Olhada, status: int = 200) -> web.Response:
    return page(
        request,
        "importacao/olhada.html",
        status,
        nome=nome,
        olhada=olhada,
        aqui_mesmo=f"{PATH}/{request.match_info['nome']}",
        mostradas=SHOWN,
        mudou=status == 409,
    )


def _importacoes(request: web.Request) -> Importacoes:
    return request.app[PAINEL].importacoes


async def _kept(request: web.Request) -> tuple[str, str, bytes]:
    try:
        found: tuple[str, str, bytes] | None = await _importacoes(request).achar(
            request[SESSAO].id, request.match_info["nome"]
        )
    except (RedisError, OSError):
        raise overloaded() from None
    if found is None:
        raise ApiError(404, "no such file, or not any more")
    return found


async def _drop(request: web.Request) -> None:
    try:
        await _importacoes(request).largar(request[SESSAO].id, request.match_info["nome"])
    except (RedisError, OSError):
        raise overloaded() from None


_ADMIN = QUEM[Direito.ADMINISTRAR]
TELAS = (
    Tela("GET", PATH, show, _ADMIN, menu="importar", nomes=frozenset({"o_que"})),
    Tela("POST", PATH, look, _ADMIN),
    Tela("GET", f"{PATH}/{{nome}}", show_looked_at, _ADMIN),
    Tela("GET", f"{PATH}/{{nome}}/recusadas.csv", refused, _ADMIN),
    Tela("POST", f"{PATH}/{{nome}}/confirmar", confirm, _ADMIN),
    Tela("POST", f"{PATH}/{{nome}}/largar", leave, _ADMIN),
)
