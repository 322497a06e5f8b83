"""What must be nought when everything has drained, asked of the database and of what people and robots saw."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

from core.agendamento.cron import next_runs
from sandbox import Bubble, Delivery, Phone
from tests.faults.harness.brought import files, office, refusals, refused_invoices
from tests.faults.harness.count import Count
from tests.faults.harness.world import EVERY_MINUTE, World

# What a process that stood still says after somebody else marked it; times of two clocks.
LATE_SECONDS = 1.5
# The longest that a turn takes from its begin to its commit, with a second of clocks that show whole ones.
TURN_SECONDS = 7.0


async def counted(world: World) -> list[Count]:
    """The whole table."""
    counters: tuple[Callable[[World], Awaitable[list[Count]]], ...] = (
        _updates, _effects, _replies, _sent, _logins, _protocolos, _decisions, refusals, office, files, _schedules,
        _left,
    )  # fmt: skip
    return [count for counter in counters for count in await counter(world)]


async def _updates(world: World) -> list[Count]:
    """Each update that was answered with a 2xx has its mark; none failed for good."""
    marks = {(row.channel, row.event_id) for row in await world.rows("SELECT channel, event_id FROM events")}
    lost = Count("updates accepted and without effect")
    for channel, courier in (
        ("telegram", world.sandbox.telegram.courier),
        ("whatsapp", world.sandbox.whatsapp.courier),
    ):
        for delivery in courier.sent:
            if delivery.kind == "status" or not any(reply.accepted for reply in delivery.attempts):
                continue
            lost.of += 1
            if (channel, event_id_of(delivery)) not in marks:
                lost.stories.append(f"{channel} {event_id_of(delivery)}: {delivery.attempts} {delivery.payload}")
    failed = await world.rows("SELECT channel, event_id, attempts, error FROM failed_events WHERE dead_at IS NOT NULL")
    dead = Count("updates that failed for good", lost.of, [str(tuple(row)) for row in failed])
    return [lost, dead]


def event_id_of(delivery: Delivery) -> str:
    """As the service names it."""
    if "update_id" in delivery.payload:
        return str(delivery.payload["update_id"])
    message = delivery.payload["entry"][0]["changes"][0]["value"]["messages"][0]
    return str(message["id"])


async def _effects(world: World) -> list[Count]:
    """What somebody asked for once was done once."""
    book, twice = world.book, Count("effects twice")
    sql = "SELECT u.nome_completo, count(*) FROM vendas v JOIN usuarios u ON u.id = v.usuario_id GROUP BY 1"
    _compare(twice, "sales", dict(map(tuple, await world.rows(sql))), book.sales)
    sql = "SELECT c.external_id, count(*) FROM atendimentos a JOIN contatos c ON c.id = a.contato_id GROUP BY 1"
    _compare(twice, "requests", dict(map(tuple, await world.rows(sql))), book.requests)
    kept = Counter(row.texto for row in await world.rows("SELECT texto FROM mensagens WHERE texto LIKE '<%'"))
    _compare(twice, "texts", dict(kept), dict.fromkeys(book.relayed, 1))
    sql = "SELECT processo_id, tipo_execucao FROM execucoes WHERE status_execucao = 'CONCLUIDO'"
    done = Counter((row.tipo_execucao, row.processo_id) for row in await world.rows(sql))
    twice.of += len(done)
    refused = await refused_invoices(world)
    for (tipo, processo_id), times in done.items():
        wanted = 1 if tipo == "UPLOAD_SAT" else 1 + refused[processo_id]
        if times > wanted:
            twice.stories.append(f"{tipo} of {processo_id} done {times} times, {wanted} wanted")
    return [twice]


def _compare(count: Count, what: str, found: dict[str, int], wanted: dict[str, int]) -> None:
    count.of += sum(wanted.values())
    for who in found.keys() | wanted.keys():
        if (have := found.get(who, 0)) != (should := wanted.get(who, 0)):
            count.stories.append(f"{what} of {who}: {should} asked for, {have} there")


async def _replies(world: World) -> list[Count]:
    """Nobody waits for an answer; each call was made."""
    book = world.book
    sql = "SELECT count(*) AS n FROM outbox WHERE target IN ('telegram', 'whatsapp')"
    missing = Count("replies missing", (await world.rows(sql))[0].n, list(book.missing))
    refused = await world.rows(
        "SELECT id, lane, target, method, error, params FROM outbox WHERE done_at IS NOT NULL AND error IS NOT NULL"
        " AND error <> 'outdated' AND method NOT IN ('sendChatAction', 'answerCallbackQuery', 'markRead')"
    )
    missing.stories += [f"given up: {tuple(row)}" for row in refused]
    return [missing, Count("answers of API and panel that were wrong", 0, list(book.wrong))]


async def _sent(world: World) -> list[Count]:
    """Against what phones show: in the order of their rows, and twice only between a send and its mark."""
    sql = (
        "SELECT id, lane, method, provider_id, created_at, done_at, params FROM outbox WHERE provider_id IS NOT NULL"
        " AND method LIKE 'send%' AND target IN ('telegram', 'whatsapp') ORDER BY id"
    )
    rows = await world.rows(sql)
    # An edit of what cannot be edited any more is a message of its own.
    any_method = await world.rows("SELECT id, provider_id, done_at FROM outbox WHERE provider_id IS NOT NULL")
    by_id = {row.provider_id: row for row in any_method}
    shown = {bubble.id: (phone, place) for phone, place, bubble in _from_us(world)}
    order, twice = Count("lanes out of order", len(rows)), Count("replies doubled between send and mark", len(rows))
    late = Count("replies said again after their mark, by who stood still", len(rows))
    never = Count("replies marked as sent that nobody was shown", len(rows))
    twice.allowed = late.allowed = True
    last: dict[str, tuple[int, Any]] = {}
    for row in rows:
        if row.provider_id not in shown:
            never.stories.append(f"{row.lane} {row.id} {row.params}")
            continue
        phone, place = shown[row.provider_id]
        before = last.get(row.lane)
        if before is not None and before[0] > place and _was_there(before[1], phone.screen[place]):
            order.stories.append(f"{row.lane}: {row.id} {row.params} came before {before[1].id} {before[1].params}")
        last[row.lane] = (place, row)
    for phone, _place, bubble in _from_us(world):
        if bubble.id not in by_id:
            story = f"{phone.name}: {_marks_of(bubble, phone, by_id)} {bubble.versions[0].text!r}"
            story += f" ({world.book.near(bubble.when + 1)})"
            (late if _is_late(bubble, phone, by_id) else twice).stories.append(story)
    late.allowed = any("SIGSTOP" in what or "silent" in what for _, what in world.book.faults)
    return [never, order, twice, late]


def _was_there(older: Any, newer: Bubble) -> bool:
    """Whether the row of the older number was committed when the newer one was said.

    Turns of two conversations that write into a third one's lane at once do not wait for each other, and the older
    number may be committed last; but no turn takes longer than this.
    """
    return _seconds(older.created_at) + TURN_SECONDS < newer.when


def _from_us(world: World) -> Iterator[tuple[Phone, int, Bubble]]:
    for phone in world.sandbox.phones:
        for place, bubble in enumerate(phone.screen):
            if not bubble.mine:
                yield phone, place, bubble


def _is_late(bubble: Bubble, phone: Phone, by_id: dict[str, Any]) -> bool:
    """Whether each row of these words was marked well before."""
    same = [one for one in phone.screen if one.id in by_id and one.versions[0].text == bubble.versions[0].text]
    marks = [by_id[one.id].done_at for one in same]
    return bool(marks) and all(_seconds(mark) + LATE_SECONDS < bubble.when for mark in marks)


def _marks_of(bubble: Bubble, phone: Phone, by_id: dict[str, Any]) -> str:
    """When it was said, and when each row of its words was marked."""
    same = [one for one in phone.screen if one.id in by_id and one.versions[0].text == bubble.versions[0].text]
    marked = [f"row {by_id[one.id].id} said {one.when:.0f} marked {by_id[one.id].done_at:%H:%M:%S}" for one in same]
    return f"said {bubble.when:.0f}, beside {marked}"


def _seconds(moment: Any) -> float:
    return float(moment.timestamp())


async def _logins(world: World) -> list[Count]:
    """By the ledger, and by what robots had in their hands at the same moment."""
    sql = (
        "SELECT a.epoch AS one, b.epoch AS other, a.bo_usuario_id FROM pap_bo_em_uso a JOIN pap_bo_em_uso b"
        " ON a.bo_usuario_id = b.bo_usuario_id AND a.epoch < b.epoch"
        " AND (a.liberado_em IS NULL OR a.liberado_em > b.desde)"
    )
    leases = (await world.rows("SELECT count(*) AS n FROM pap_bo_em_uso"))[0].n
    stories = [f"ledger: {tuple(row)}" for row in await world.rows(sql)] + world.book.held_twice
    return [Count("logins held twice", leases, stories)]


async def _protocolos(world: World) -> list[Count]:
    sql = "SELECT p.id, a.id AS atendimento FROM protocolos p LEFT JOIN atendimentos a ON a.protocolo_id = p.id"
    rows = await world.rows(f"{sql} ORDER BY p.id")
    wrong = [f"{row.id} at place {place}" for place, row in enumerate(rows, 1) if row.id != place]
    wrong += [f"{row.id} of nobody" for row in rows if row.atendimento is None]
    return [Count("protocolo gaps", len(rows), wrong)]


async def _decisions(world: World) -> list[Count]:
    """One about each file that came, and one approval of each invoice."""
    sql = "SELECT processo_id, versao, decisao, usuario_id FROM aprovacoes"
    decided = await world.rows(sql)
    twice = [who for who, times in Counter((row.processo_id, row.versao) for row in decided).items() if times > 1]
    steps = await world.rows("SELECT processo_id FROM historico WHERE acao = 'APROVAR'")
    twice += [who for who, times in Counter(row.processo_id for row in steps).items() if times > 1]
    return [Count("two decisions", len(decided), [str(one) for one in twice])]


async def _schedules(world: World) -> list[Count]:
    """Each minute since the schedule was made has its run, or was counted by the next one; each run has ended."""
    missed, count = Count("schedule runs missed or doubled"), 0
    for agendamento_id in world.agendamentos:
        since = (await world.rows("SELECT em_vigor_desde FROM agendamentos WHERE id = :id", id=agendamento_id))[0][0]
        runs = await world.rows(
            "SELECT devido_em, puladas, status, terminada_em FROM execucoes_agendamento WHERE agendamento_id = :id"
            " AND pedida_por IS NULL ORDER BY devido_em", id=agendamento_id,
        )  # fmt: skip
        until = world.drained_at - timedelta(seconds=15)
        due = [one for one in next_runs(EVERY_MINUTE, since, world.zone, 10_000) if one <= until]
        have = [run for run in runs if run.devido_em <= until]
        count += len(due)
        if (done := sum(1 + run.puladas for run in have)) != len(due):
            missed.stories.append(
                f"{agendamento_id}: {len(due)} were due, {done} had a run: {[tuple(r) for r in have]}"
            )
        missed.stories += [f"{agendamento_id}: {tuple(run)}" for run in have if run.status != "CONCLUIDA"]
    missed.of = count
    return [missed]


async def _left(world: World) -> list[Count]:
    """Nothing waits any more."""
    pending = await world.rows(
        "SELECT id, lane, target, method, due_at, attempts, error FROM outbox WHERE done_at IS NULL"
    )
    open_ones = await world.rows(
        "SELECT id, processo_id, tipo_execucao, status_execucao FROM execucoes WHERE data_fim IS NULL"
    )
    sales = await world.rows("SELECT id, status_venda FROM vendas WHERE encerrada_em IS NULL")
    invoices = await world.rows("SELECT id, status_processo FROM processos")
    unfinished = [row for row in invoices if row.status_processo != "UPLOAD_REALIZADO"]
    return [
        Count("calls that wait for ever", 0, [str(tuple(row)) for row in pending]),
        Count("robots, sales and invoices that stand still", len(invoices),
              [str(tuple(row)) for row in (*open_ones, *sales, *unfinished)]),
    ]  # fmt: skip


def table(counts: list[Count]) -> str:
    """For people."""
    wide = max(len(count.name) for count in counts)
    return "\n".join(
        f"{count.name:{wide}}  {len(count.stories):5} of {count.of:6}  "
        + ("FAILED" if count.failed else "counted" if count.allowed else "ok")
        for count in counts
    )
