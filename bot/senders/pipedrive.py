"""Pipedrive: the customer as a person, the atendimento as an activity (developers.pipedrive.com/docs/api/v1, API v2).

Written down like every other call, in a lane of each customer. Where an answer was lost, what may be there already is
looked up before it is made again.
"""

from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import aiohttp

from bot.answers import id_needed, integer_in, list_in, object_in, read_answer, seconds_in
from bot.turn import Turns
from core.commands.atendimento import NoteInCrm, TellNotNoted
from core.commands.base import write_command
from core.consultor.protocolos import numero_de
from core.delivery_errors import Again, DeliveryError, Refused, Throttled
from core.telefones import digits_of, same_person_forms
from storage.atendimento.crm import AtendimentoNoCrm, atendimento_for_crm, note_activity
from storage.contatos.contatos import update_contato
from storage.database import Database
from storage.transaction import Call

T = TypeVar("T")

# So many of the last digits stand together, however somebody grouped them: `8880-4009`, `888 040 009`, `88 80 40 09`.
_TOGETHER = (4, 3, 2)
# The most that one search answers.
_MOST_FOUND = 500
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)


class PipedriveApi:
    """API v2 over HTTP: one call in, its `data` or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        """`url` is the company's address, with or without `/api/v2`."""
        self._http = http
        self._base = url.rstrip("/").removesuffix("/api/v2") + "/api/v2"
        self._headers = {"x-api-token": token}

    async def find_person(self, telefone: str) -> int | None:
        """The person with this phone (digits with country code), however somebody wrote it there."""
        forms = same_person_forms(telefone)
        for form in forms:
            for person in await self._people(f"+{form}", exact="true", limit=_MOST_FOUND):
                if not list_in(person.get("phones")) or _has_phone(person, forms):
                    return integer_in(person.get("id"))
        # Typed by hand it may be "(31) 98880-4009".
        for digits in _TOGETHER:
            for person in await self._people(forms[0][-digits:], exact="false", limit=_MOST_FOUND):
                if _has_phone(person, forms):
                    return integer_in(person.get("id"))
        return None

    async def _people(self, term: str, exact: str, limit: int) -> list[dict[str, Any]]:
        params = {"term": term, "fields": "phone", "exact_match": exact, "limit": str(limit)}
        found = list_in(object_in(await self._request("GET", "/persons/search", params=params)).get("items"))
        return [object_in(object_in(one).get("item")) for one in found]

    async def has_person(self, person_id: int) -> bool:
        """Whether it is there still: not deleted, nor merged into another one."""
        try:
            return not object_in(await self._request("GET", f"/persons/{person_id}")).get("is_deleted")
        except Refused as refused:
            if refused.code not in ("404", "410"):
                raise
            return False

    async def add_person(self, body: dict[str, Any]) -> int:
        return _id_of(await self._request("POST", "/persons", body))

    async def find_activity(self, person_id: int, subject: str) -> int | None:
        """The person's activity of that subject, among the newest."""
        params = {"person_id": str(person_id), "sort_by": "id", "sort_direction": "desc", "limit": "100"}
        found = [object_in(one) for one in list_in(await self._request("GET", "/activities", params=params))]
        return next((integer_in(one.get("id")) for one in found if one.get("subject") == subject), None)

    async def add_activity(self, body: dict[str, Any]) -> int:
        return _id_of(await self._request("POST", "/activities", body))

    async def change_activity(self, activity_id: int, body: dict[str, Any]) -> None:
        await self._request("PATCH", f"/activities/{activity_id}", body)

    async def check(self) -> None:
        """Raises a `DeliveryError` unless the token opens the door."""
        await self._request("GET", "/persons", params={"limit": "1"})

    async def _request(
        self, verb: str, path: str, body: dict[str, Any] | None = None, params: dict[str, str] | None = None
    ) -> Any:
        """The answer's `data`."""
        try:
            async with self._http.request(
                verb, self._base + path, json=body, params=params, headers=self._headers, timeout=TIMEOUT
            ) as response:
                if response.status >= 300:
                    raise _classify(response.status, response.headers.get("Retry-After", ""))
                answer = object_in(await read_answer(response))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None
        if answer.get("success") is False:
            # Taken for "nobody found" it would make a second person.
            raise Again("a good status of what failed", "not_done")
        return answer.get("data")


def _has_phone(person: dict[str, Any], forms: Collection[str]) -> bool:
    for one in list_in(person.get("phones")):
        # A text where people are searched, an object where they are read.
        written = object_in(one).get("value", one)
        with suppress(ValueError):
            if isinstance(written, str) and digits_of(written) in forms:
                return True
    return False


def _id_of(data: Any) -> int:
    """The number of what was made. Raises `Again` when there is none."""
    number = integer_in(id_needed(object_in(data).get("id")))
    if number is None:
        raise Again("an id that is no number", "no_id")
    return number


def _classify(status: int, retry_after: str) -> DeliveryError:
    if status == 429:
        return Throttled("too many requests", "429", seconds_in(retry_after, 2.0))
    # 401 and 403 are a token being changed: worth another try.
    if status in (401, 403, 408) or status >= 500:
        return Again(f"HTTP {status}", str(status))
    return Refused(f"HTTP {status}", str(status))


class PipedriveSender:
    """Tells Pipedrive. `api` is None where none is configured: then nothing is to be done."""

    max_attempts = 12
    first_wait = 5.0

    def __init__(self, api: PipedriveApi | None, turns: Turns, database: Database, zone: ZoneInfo) -> None:
        self._api = api
        self._turns = turns
        self._database = database
        self._zone = zone

    async def note(self, wanted: NoteInCrm, call: Call) -> str | None:
        """Bring the atendimento's activity up to date; its id. What fails for good, `doctor` shows."""
        if self._api is None:
            return None
        async with self._database.read() as connection:
            facts = await atendimento_for_crm(connection, wanted.atendimento_id)
        if facts is None:
            return None
        activity_id = facts.activity_id or await self._add(self._api, call, facts)
        await self._bring_up_to_date(self._api, activity_id, facts)
        return str(activity_id)

    async def give_up(self, wanted: NoteInCrm, reason: str) -> None:
        """Its consultor, who looks for it there, hears that it is missing."""
        await self._turns.run(lambda tx: write_command(tx, TellNotNoted(wanted.atendimento_id)))

    async def _add(self, api: PipedriveApi, call: Call, facts: AtendimentoNoCrm) -> int:
        try:
            activity_id = await self._found_or_made(api, call, facts, facts.person_id or await self._person(api, facts))
        except Refused:
            if facts.person_id is None or await api.has_person(facts.person_id):
                raise
            # Somebody merged the person into another one there, or deleted it.
            activity_id = await self._found_or_made(api, call, facts, await self._person(api, facts))
        await self._turns.run(lambda tx: note_activity(tx, facts.atendimento_id, activity_id))
        return activity_id

    async def _found_or_made(self, api: PipedriveApi, call: Call, facts: AtendimentoNoCrm, person_id: int) -> int:
        found = await api.find_activity(person_id, _subject(facts)) if call.attempts else None
        if found is not None:
            return found
        return await _with_owner(
            facts.owner_id, lambda owner: api.add_activity(self._activity(facts, person_id) | owner)
        )

    async def _person(self, api: PipedriveApi, facts: AtendimentoNoCrm) -> int:
        person_id = await api.find_person(facts.telefone) if facts.telefone else None
        if person_id is None:
            body: dict[str, Any] = {"name": facts.nome or _subject(facts)}
            if facts.telefone:
                body["phones"] = [{"value": f"+{facts.telefone}", "primary": True, "label": "mobile"}]
            person_id = await _with_owner(facts.owner_id, lambda owner: api.add_person(body | owner))
        known = person_id
        await self._turns.run(lambda tx: update_contato(tx, facts.contato_id, pipedrive_person_id=known))
        return person_id

    def _activity(self, facts: AtendimentoNoCrm, person_id: int) -> dict[str, Any]:
        return {
            "subject": _subject(facts),
            "type": "call",
            # `person_id` is read-only in v2: the primary participant sets it.
            "participants": [{"person_id": person_id, "primary": True}],
            **_due(facts.criado_em),
        }

    async def _bring_up_to_date(self, api: PipedriveApi, activity_id: int, facts: AtendimentoNoCrm) -> None:
        """Who has it now, whether it is over, and how it was rated: whatever call comes, the whole truth is told."""
        body: dict[str, Any] = {"note": _note(facts, self._zone), "done": facts.encerrado_em is not None}
        try:
            await _with_owner(facts.owner_id, lambda owner: api.change_activity(activity_id, body | owner))
        except Refused as refused:
            # Somebody deleted it there.
            if refused.code not in ("404", "410"):
                raise


async def _with_owner(owner_id: int | None, make: Callable[[dict[str, Any]], Awaitable[T]]) -> T:
    """Make it the consultor's; nobody's in particular when Pipedrive does not know their `id_pipedrive`."""
    if owner_id is None:
        return await make({})
    try:
        return await make({"owner_id": owner_id})
    except Refused as refused:
        if refused.code != "400":
            raise
        return await make({})


def _subject(facts: AtendimentoNoCrm) -> str:
    return f"Atendimento {numero_de(facts.protocolo_id)}"


def _due(moment: datetime) -> dict[str, str]:
    """Pipedrive keeps the day and the time in UTC."""
    return {"due_date": f"{moment:%Y-%m-%d}", "due_time": f"{moment:%H:%M}"}


def _note(facts: AtendimentoNoCrm, zone: ZoneInfo) -> str:
    lines = [f"Protocolo {numero_de(facts.protocolo_id)}", f"Início: {facts.criado_em.astimezone(zone):%d/%m/%Y %H:%M}"]
    if facts.consultor:
        lines.append(f"Consultor: {facts.consultor}")
    if facts.encerrado_em is not None:
        lines.append(f"Fim: {facts.encerrado_em.astimezone(zone):%d/%m/%Y %H:%M}")
    if facts.avaliacao is not None:
        lines.append(f"Nota do cliente: {facts.avaliacao} de 5")
    return "<br>".join(lines)
