"""The robots' door: Bearer token, idempotency, and the planned failures."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.faults import Call, cut
from sandbox.rpa.robot import Job
from sandbox.rpa.rpa import TOKEN, Rpa

Handler = Callable[[web.Request], Awaitable[Any]]
PAP = ("venda_id", "login", "senha", "matricula_vendedor", "callback_url")
OPERADORA = (
    "processo_id", "mes_ano", "cnpj", "razao", "operadora", "nome_filtro", "unidade", "servico", "login",
    "senha", "cpf", "callback_url",
)  # fmt: skip
SAT = (
    "processo_id", "cnpj", "razao", "operadora", "nome_filtro", "unidade", "servico", "dados_sat",
    "nome_arquivo", "data_vencimento", "url_arquivo", "callback_url",
)  # fmt: skip


class RefusalError(Exception):
    """An answer other than 200: its status and what is wrong."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class RpaDoor:
    """HTTP in front of the robots."""

    def __init__(self, rpa: Rpa) -> None:
        self._rpa = rpa

    def routes(self) -> list[web.RouteDef]:
        """What the contract names, and the files that robots found."""
        return [
            web.get("/rpa/health", self._guarded("health", self._health)),
            web.post("/rpa/executar/{operadora:[a-z0-9_-]+}", self._guarded("executar", self._start)),
            web.get("/rpa/jobs/{job_id}", self._guarded("job", self._poll)),
            web.get("/rpa/jobs/{job_id}/logs", self._guarded("logs", self._logs)),
            web.post("/rpa/jobs/{job_id}/responder", self._guarded("responder", self._answer)),
            web.post("/rpa/jobs/{job_id}/cancelar", self._guarded("cancelar", self._cancel)),
            web.get("/rpa/arquivos/{job_id}.pdf", self._file),
        ]

    def _guarded(self, method: str, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.Response:
            try:
                if request.headers.get("Authorization", "") != f"Bearer {TOKEN}":
                    raise RefusalError(401, "Token inválido")
                return await self._run(method, handler, request)
            except RefusalError as refusal:
                return web.json_response({"detail": str(refusal)}, status=refusal.status)

        return guarded

    async def _run(self, method: str, handler: Handler, request: web.Request) -> web.Response:
        params = dict(request.match_info) | dict(request.query)
        if request.method == "POST" and request.can_read_body:
            params |= await _body(request)
        shown = {key: "•••" if key == "senha" else value for key, value in params.items()}
        key = request.headers.get("Idempotency-Key", "")
        self._rpa.calls.record(Call(method, shown | {"idempotency_key": key}, self._rpa.clock(), key))
        fault = await self._rpa.faults.gate(method, key)
        if self._rpa.faults.drop:
            return cut(request)
        if fault and not fault.answer_lost:
            raise RefusalError(fault.status or 500, fault.description or "Falha planejada")
        answer = await handler(request)
        return cut(request) if fault else web.json_response(answer)

    async def _health(self, request: web.Request) -> Any:
        return {"status": "ok"}

    async def _start(self, request: web.Request) -> Any:
        operadora, body = request.match_info["operadora"], await _body(request)
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            raise RefusalError(400, "Idempotency-Key é obrigatório")
        needed = PAP if operadora == "pap" else SAT if operadora == "sat" else OPERADORA
        if missing := [name for name in needed if name not in body]:
            raise RefusalError(422, f"Faltam campos: {', '.join(missing)}")
        job = self._rpa.begin(operadora, key, body)
        if job.starts == 1:
            await job.start_answer()
        return {"job_id": job.id}

    async def _poll(self, request: web.Request) -> Any:
        return self._job(request).as_polled()

    async def _logs(self, request: web.Request) -> Any:
        since = request.query.get("desde", "0")
        if not since.isdecimal():
            raise RefusalError(422, "desde deve ser um número")
        return [line for line in self._job(request).logs if line["seq"] > int(since)]

    async def _answer(self, request: web.Request) -> Any:
        job, body = self._job(request), await _body(request)
        pergunta_id, resposta = str(body.get("pergunta_id", "")), body.get("resposta")
        if not isinstance(resposta, str) or not resposta:
            raise RefusalError(422, "resposta deve ser um texto")
        question = job.pergunta
        if question and question["pergunta_id"] == pergunta_id and resposta not in _choices(question, resposta):
            raise RefusalError(422, "resposta não é uma das opções")
        if not job.receive_answer(pergunta_id, resposta):
            raise RefusalError(409, "esta pergunta não está aberta")
        return {}

    async def _cancel(self, request: web.Request) -> Any:
        job = self._job(request)
        if job.status == "cancelled" or job.cancel_requested:
            return {}
        if job.over:
            raise RefusalError(409, f"o job já terminou: {job.status}")
        self._rpa.cancel(job)
        return {}

    async def _file(self, request: web.Request) -> web.Response:
        if self._rpa.job(request.match_info["job_id"]) is None:
            raise web.HTTPNotFound
        body = self._rpa.file_of(request.match_info["job_id"])
        return web.Response(body=body, content_type="application/pdf")

    def _job(self, request: web.Request) -> Job:
        job = self._rpa.job(request.match_info["job_id"])
        if job is None:
            raise RefusalError(404, "job desconhecido")
        return job


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise RefusalError(400, "o corpo não é JSON") from None
    if not isinstance(body, dict):
        raise RefusalError(422, "o corpo deve ser um objeto")
    return body


def _choices(question: dict[str, Any], resposta: str) -> list[str]:
    """The answers that a question takes; any text when it has no options."""
    options = question.get("opcoes")
    if not options:
        return [resposta]
    return [option["id"] if isinstance(option, dict) else option for option in options]
