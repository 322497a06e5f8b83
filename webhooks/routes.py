"""Every route, with who may call it."""

from dataclasses import dataclass

from core.direitos.direitos import QUEM, Direito
from webhooks.agendamento import endpoints as agendamento
from webhooks.auditoria import endpoints as auditoria
from webhooks.auth import API_KEY, OPEN, TELEGRAM, VERIFY_TOKEN, Auth, bearer
from webhooks.cliente import endpoints as clientes
from webhooks.consultor import consultores, protocolos
from webhooks.docs import pages as docs_pages
from webhooks.doors import rpa, telegram, whatsapp
from webhooks.doors.signatures import SIGNED_BY_META, SIGNED_BY_ROBOT
from webhooks.http.endpoints import Handler
from webhooks.live import endpoints as live
from webhooks.live import logs as live_logs
from webhooks.operadora import endpoints as operadoras
from webhooks.operations import endpoints as operations
from webhooks.painel import telas as painel
from webhooks.pessoa import endpoints as usuarios
from webhooks.pool import endpoints as pool
from webhooks.presenca import endpoints as presenca
from webhooks.processo import decisoes, execucoes, processos, testemunhas, upload
from webhooks.reprocesso import endpoints as reprocesso

TOGETHER = frozenset({"/consultor/da-vez", "/gerar-protocolo", "/protocolo"})
"""They wait for each other's transaction, and hold nothing meanwhile."""
LOGS = "/api/v2/logs-tempo-real/stream/{job_id}"
STAYING = frozenset({"/ws/v1/events", "/api/v1/events", LOGS})
"""Connections that stay open for hours and wait are no work; webhooks/live/hub.py limits them."""
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PROGRAMS = frozenset({"api-key", "Bearer"})


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One path, and who may call it."""

    method: str
    path: str
    handler: Handler
    auth: Auth

    @property
    def takes_key(self) -> bool:
        """Whether it is a writing call of a program, which may be sent again under an `Idempotency-Key`."""
        return (self.method in _WRITING and self.is_called) or self.path in TOGETHER

    @property
    def is_called(self) -> bool:
        """Whether a program asks and is answered: its query is read strictly. What stays is opened by browsers."""
        return not _PROGRAMS.isdisjoint(self.auth.schemes) and self.path not in STAYING

    @property
    def is_looked_at(self) -> bool:
        """Whether HEAD asks for it, too: not for what a look would change, nor for what never ends."""
        return self.method == "GET" and self.path not in TOGETHER | STAYING


def _of(direito: Direito) -> Auth:
    return bearer(*sorted(QUEM[direito]))


ADMIN = _of(Direito.ADMINISTRAR)
PERSON_WHO_STAYS = bearer(fresh=True)
ATTENDANT = _of(Direito.ATENDER)
ATTENDANT_WHO_STAYS = bearer(*ATTENDANT.perfis, handler_counts=True)
# The only place where a token may stand in the address.
PERSON_ON_A_SOCKET = bearer(in_query=True, fresh=True)

VIEWER = _of(Direito.VER_PROCESSOS)
OPERATOR = _of(Direito.CUIDAR_DE_PROCESSOS)
SCHEDULER = _of(Direito.AGENDAR)
# Others may have the right by delegation: core/processo reads whose it is.
DECIDER = VIEWER

BACK_OFFICE_ROUTES = (
    Route("GET", "/usuarios", usuarios.listed, ADMIN),
    Route("POST", "/usuarios", usuarios.create, ADMIN),
    Route("GET", "/usuarios/{id}", usuarios.show, ADMIN),
    Route("PUT", "/usuarios/{id}", usuarios.edit, ADMIN),
    Route("DELETE", "/usuarios/{id}", usuarios.deactivate, ADMIN),
    Route("GET", "/operadoras", operadoras.listed, VIEWER),
    Route("POST", "/operadoras", operadoras.create, ADMIN),
    Route("GET", "/operadoras/{id}", operadoras.show, VIEWER),
    Route("PUT", "/operadoras/{id}", operadoras.edit, ADMIN),
    Route("DELETE", "/operadoras/{id}", operadoras.deactivate, ADMIN),
    Route("GET", "/clientes", clientes.listed, VIEWER),
    Route("POST", "/clientes", clientes.create, OPERATOR),
    Route("GET", "/clientes/{id}", clientes.show, VIEWER),
    Route("PUT", "/clientes/{id}", clientes.edit, OPERATOR),
    Route("DELETE", "/clientes/{id}", clientes.deactivate, _of(Direito.RETIRAR)),
    Route("GET", "/processos", processos.listed, VIEWER),
    Route("POST", "/processos", processos.create, OPERATOR),
    Route("GET", "/processos/visualizar/{id}", processos.show, VIEWER),
    Route("POST", "/processos/upload-manual-fatura", upload.bring, _of(Direito.TRAZER_FATURA)),
    Route("POST", "/processos/baixar/{id}", decisoes.download, OPERATOR),
    Route("POST", "/processos/enviar-para-sat/{id}", decisoes.send, OPERATOR),
    Route("POST", "/processos/aprovar/{id}", decisoes.approve, DECIDER),
    Route("POST", "/processos/rejeitar/{id}", decisoes.reject, DECIDER),
    Route("POST", "/processos/desfazer/{id}", decisoes.undo, DECIDER),
    Route("GET", "/processos/{id}", processos.show, VIEWER),
    Route("PUT", "/processos/{id}", processos.edit, OPERATOR),
    Route("DELETE", "/processos/{id}", processos.deactivate, _of(Direito.RETIRAR)),
    Route("GET", "/processos/{id}/historico", processos.history, VIEWER),
    Route("GET", "/processos/{id}/documentos", processos.documents, VIEWER),
    Route("GET", "/processos/{id}/testemunhas", testemunhas.witnesses, VIEWER),
    Route("GET", "/execucoes", execucoes.listed, VIEWER),
    Route("GET", "/execucoes/detalhes/{id}", execucoes.show, VIEWER),
    Route("GET", "/execucoes/{id}", execucoes.show, VIEWER),
)

ROUTES = (
    Route("GET", "/consultores", consultores.listed, API_KEY),
    Route("POST", "/consultor", consultores.create, API_KEY),
    Route("GET", "/consultor/da-vez", consultores.da_vez, API_KEY),
    Route("GET", "/consultor/{id}", consultores.show, API_KEY),
    Route("PUT", "/consultor/{id}", consultores.edit, API_KEY),
    Route("DELETE", "/consultor/{id}", consultores.deactivate, API_KEY),
    Route("PUT", "/consultor/{id}/connection", consultores.connect, API_KEY),
    Route("GET", "/protocolos", protocolos.listed, API_KEY),
    Route("POST", "/protocolo", protocolos.create, API_KEY),
    Route("GET", "/protocolo/{id}", protocolos.show, API_KEY),
    Route("PUT", "/protocolo/{id}", protocolos.edit, API_KEY),
    Route("GET", "/gerar-protocolo", protocolos.generate, API_KEY),
    Route("GET", "/api/v1/presence/me", presenca.me, ATTENDANT),
    Route("POST", "/api/v1/presence/set-status", presenca.set_status, ATTENDANT),
    Route("POST", "/api/v1/presence/heartbeat", presenca.heartbeat, ATTENDANT_WHO_STAYS),
    Route("POST", "/api/v1/typing", presenca.start_typing, ATTENDANT),
    Route("DELETE", "/api/v1/typing", presenca.end_typing, ATTENDANT),
    Route("GET", "/ws/v1/events", live.socket, PERSON_ON_A_SOCKET),
    Route("GET", "/api/v1/events", live.stream, PERSON_WHO_STAYS),
    Route("GET", LOGS, live_logs.stream, PERSON_WHO_STAYS),
    Route("GET", "/pool-bo", pool.show, _of(Direito.VER_ACESSOS)),
    Route("POST", "/pool-bo/liberar", pool.free, _of(Direito.VER_ACESSOS)),
    Route("GET", "/auditoria", auditoria.listed, _of(Direito.AUDITAR)),
    Route("GET", "/reprocessar", reprocesso.listed, _of(Direito.AUDITAR)),
    Route("POST", "/reprocessar", reprocesso.do_again, _of(Direito.AUDITAR)),
    *BACK_OFFICE_ROUTES,
    Route("GET", "/agendamentos", agendamento.listed, SCHEDULER),
    Route("POST", "/agendamentos", agendamento.create, SCHEDULER),
    Route("GET", "/agendamentos/{id}", agendamento.show, SCHEDULER),
    Route("PUT", "/agendamentos/{id}", agendamento.edit, SCHEDULER),
    Route("DELETE", "/agendamentos/{id}", agendamento.deactivate, SCHEDULER),
    Route("POST", "/agendamentos/{id}/executar", agendamento.run_now, SCHEDULER),
    Route("POST", "/webhooks/telegram", telegram.receive, TELEGRAM),
    Route("GET", "/webhooks/whatsapp", whatsapp.verify, VERIFY_TOKEN),
    Route("POST", "/webhooks/whatsapp", whatsapp.receive, SIGNED_BY_META),
    Route("POST", "/webhooks/rpa", rpa.receive, SIGNED_BY_ROBOT),
    Route("GET", "/healthz", operations.healthz, OPEN),
    Route("GET", "/readyz", operations.readyz, OPEN),
    Route("GET", "/metrics", operations.show_metrics, OPEN),
    Route("GET", "/openapi.json", docs_pages.show_openapi, OPEN),
    *(Route("GET", path, docs_pages.page(path), OPEN) for path in docs_pages.STATIC),
)

# For people, not for programs: in no document of the API.
PAGES = tuple(Route(tela.method, tela.path, tela.handler, painel.auth_of(tela)) for tela in painel.every())
