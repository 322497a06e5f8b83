"""DATABASE_URL as PostgreSQL's own programs and its hosts write it, in the words of the driver that we ship."""

import re
from urllib.parse import parse_qsl, quote

_FORM = re.compile(r"(?P<login>[^/?#]*@)?(?P<hosts>[^/?#]*)(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?")
# libpq's, which our driver does not know: deadlines and names of ours stand in storage/database.py, the rest needs
# nothing of us (`channel_binding`: the driver takes it where the server offers it in a form that it speaks).
_LEFT_OUT = {
    *("application_name", "channel_binding", "client_encoding", "connect_timeout", "fallback_application_name"),
    *("gssencmode", "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "sslcompression"),
    *("sslsni", "tcp_user_timeout"),
}
# By libpq's name and by the driver's.
_KNOWN = {"sslmode": "ssl"} | {
    name: name for name in ("ssl", "target_session_attrs", "passfile", "prepared_statement_cache_size")
}
_PORT = "5432"
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::[0-9]{1,5})?")


def asyncpg_url(rest: str) -> str:
    """What stands behind `postgresql://`. ValueError for a form or an option that nothing of ours knows.

    Several hosts (`h1:5432,h2:5432`): the one that takes writes is looked for, unless `target_session_attrs` says else.
    """
    found = _FORM.fullmatch(rest)
    if found is None:
        raise ValueError("URL")
    asked = parse_qsl(found["query"] or "", keep_blank_values=True)
    options = {_KNOWN[name]: value for name, value in asked if name in _KNOWN}
    if any(name not in _KNOWN and name not in _LEFT_OUT and name not in ("host", "port") for name, _ in asked):
        raise ValueError("option")
    hosts = [one for name, value in asked if name == "host" for one in value.split(",")]
    authority = found["hosts"]
    if "," in authority:
        hosts, authority = authority.split(","), ""
    if not all(_HOST.fullmatch(one) for one in (authority, *hosts)):
        raise ValueError("host")
    if len(hosts) > 1:
        hosts = [one if ":" in one else f"{one}:{_PORT}" for one in hosts]
        options.setdefault("target_session_attrs", "read-write")
    ports = [("port", value) for name, value in asked if name == "port" and len(hosts) < 2]
    query = [*(("host", one) for one in hosts), *ports, *options.items()]
    said = "&".join(f"{name}={quote(value, safe='/:')}" for name, value in query)
    path = found["path"] or ("/" if said else "")
    # What stands before the last `@` is the login, whatever signs of a password it has.
    login = f"{found['login'][:-1].replace('@', '%40')}@" if found["login"] else ""
    return f"{login}{authority}{path}{'?' if said else ''}{said}"
