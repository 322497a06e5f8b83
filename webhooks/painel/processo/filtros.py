"""The filters of the list as its address has them: a page, an export and a figure of Hoje mean the same by them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from aiohttp import web

from core.cliente.clientes import search_words
from core.testemunha.meses import Mes
from storage.processo.status import StatusProcesso
from webhooks.http.answers import ApiError
from webhooks.painel.endereco import uuid_of, word_of
from webhooks.painel.moldura import today

# As addresses have them.
NOMES = frozenset({"mes", "status", "operadora", "cliente", "prazo", "busca"})
_MONTH = re.compile(r"(?P<mes>\d{1,2})[/.-](?P<ano>\d{4})|(?P<ano_iso>\d{4})-(?P<mes_iso>\d{1,2})", re.ASCII)
# Not a month, but all of them.
TODOS = "todos"
# Due within so many days, and not in SAT: at risk.
EM_RISCO = timedelta(days=3)
ATRASADOS, RISCO = "atrasados", "em_risco"
# Beyond so many a list says "more than": nobody pages that far, and counting on would take longer than the page.
COUNTED, COUNTED_OF_A_SEARCH = 20_000, 1_000


@dataclass(frozen=True, slots=True)
class Filtros:
    """`mes`: `MM/AAAA`, or `todos`. `prazo`: `atrasados` or `em_risco`."""

    mes: str
    status: StatusProcesso | None = None
    operadora_id: UUID | None = None
    cliente_id: UUID | None = None
    prazo: str = ""
    busca: str = ""

    @property
    def so_o_mes(self) -> bool:
        """Whether nothing but a month, and perhaps a status, is asked for."""
        return self.mes != TODOS and not (self.operadora_id or self.cliente_id or self.prazo or self.busca.strip())

    @property
    def conta_ate(self) -> int | None:
        """How far they are counted; None where an index of the month counts them all quickly."""
        if self.busca.strip():
            return COUNTED_OF_A_SEARCH
        return COUNTED if self.mes == TODOS or self.operadora_id else None

    def in_address(self) -> dict[str, object]:
        """By the names that the address has them."""
        return {
            "mes": self.mes,
            "status": self.status,
            "operadora": self.operadora_id,
            "cliente": self.cliente_id,
            "prazo": self.prazo,
            "busca": self.busca,
        }

    def in_storage(self, hoje: date) -> dict[str, Any]:
        """As `list_processos` takes them."""
        found: dict[str, Any] = {"status_ativo": True, "busca": search_words(self.busca)}
        if self.mes != TODOS:
            found["competencia"] = competencia_of(self.mes)
        named = {"status_processo": self.status, "operadora_id": self.operadora_id, "cliente_id": self.cliente_id}
        found |= {name: value for name, value in named.items() if value is not None}
        if self.prazo == ATRASADOS:
            found["vence_antes"] = hoje
        elif self.prazo == RISCO:
            found |= {"vence_desde": hoje, "vence_antes": hoje + EM_RISCO + timedelta(days=1)}
        return found


def competencia_of(mes_ano: str) -> int:
    """`MM/AAAA` as AAAAMM. 422 for what is no month."""
    try:
        return Mes.of(mes_ano).competencia
    except ValueError:
        raise ApiError(422, "mes: MM/AAAA") from None


def mes_asked(request: web.Request) -> str:
    """The month of the address as `MM/AAAA`, also where its field has it as people or browsers write it (`1/2026`,
    `2026-01`); what is none as it stands; without one the month it is now."""
    text = request.query.get("mes", "").strip()
    found = _MONTH.fullmatch(text)
    if found is None:
        return text or mes_of(today(request))
    return f"{int(found['mes'] or found['mes_iso']):02d}/{found['ano'] or found['ano_iso']}"


def mes_of(day: date) -> str:
    """The month of a day, as `MM/AAAA`."""
    return f"{day.month:02d}/{day.year}"


def filtros_of(request: web.Request) -> Filtros:
    """What the address says; without a month the one it is now."""
    query = request.query
    mes = mes_asked(request)
    if mes != TODOS:
        competencia_of(mes)
    prazo = query.get("prazo", "")
    if prazo not in ("", ATRASADOS, RISCO):
        raise ApiError(422, "prazo")
    return Filtros(
        mes,
        word_of(request, "status", StatusProcesso),
        uuid_of(request, "operadora"),
        uuid_of(request, "cliente"),
        prazo,
        query.get("busca", "")[:200],
    )
