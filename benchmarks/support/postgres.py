"""The tests' PostgreSQL (tests/support/engines.py), with the settings of a server that must not lose a commit."""

from tests.support.engines import PostgresServer

DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"


class DurablePostgres(PostgresServer):
    """On a unix socket; every commit is on the disk before it is answered."""

    def _start(self) -> None:
        options = f"-c listen_addresses= -k {self.directory} {DURABLE}"
        self._pg("pg_ctl", "-D", self._data, "-l", str(self.directory / "log"), "-w", "-o", options, "start")
