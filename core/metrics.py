"""Prometheus metrics. No phone, name or chat id is ever a label."""

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter(
    "balcao_turns_total", "Events handled, by where they came from and how they ended", ["channel", "outcome"]
)
TURN_SECONDS = Histogram(
    "balcao_turn_seconds",
    "From the start of a turn to its commit",
    ["channel"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
IGNORED = Counter("balcao_ignored_events_total", "Events of a kind we do not handle, or malformed", ["channel", "kind"])
REFUSED = Counter("balcao_refused_total", "Requests told to come back: more than this process can do")
CALLS = Counter("balcao_calls_total", "Calls made to the outside, by target and how they ended", ["target", "outcome"])
PROVIDER_ERRORS = Counter("balcao_provider_errors_total", "Errors that providers answered", ["target", "code"])
OUTBOX_CALLS = Gauge("balcao_outbox_calls", "Calls written down and not made yet")
OUTBOX_LANES = Gauge("balcao_outbox_lanes", "Conversations and jobs with a call waiting")
OUTBOX_AGE = Gauge("balcao_outbox_oldest_seconds", "Age of the oldest waiting call")
DEAD_LETTERS = Gauge("balcao_dead_letters", "Events given up on after three failures")
LOGINS = Gauge("balcao_pool_logins", "BackOffice logins by state", ["state"])
QUEUE = Gauge("balcao_pool_queue", "Sellers waiting for a login")
JOBS = Gauge("balcao_robot_jobs", "Open sales by status", ["status"])
DOWNLOADS = Gauge("balcao_downloads_running", "Downloads of invoices whose robot is at work")
FAILURES = Gauge(
    "balcao_execucao_failures", "Robots of invoices that failed within 24 hours, by kind and code", ["kind", "code"]
)
APPROVALS = Gauge("balcao_approvals_waiting", "Invoices that wait for approval")
APPROVALS_AGE = Gauge("balcao_approvals_oldest_seconds", "How long the oldest of them has waited")
SCHEDULES_LATE = Gauge("balcao_schedules_late", "Schedules that have not run when they should have")
LIVE_READERS = Gauge("balcao_live_readers", "Open connections to the live events of this process")
LIVE_ENDED = Counter("balcao_live_ended_total", "Connections to live events that ended, by why", ["why"])
