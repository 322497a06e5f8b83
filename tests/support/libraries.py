"""How libraries name what went wrong: in nothing that people read."""

import re

LIBRARY = re.compile(r"\w(Error|Exception)\b|HTTPConnectionPool|Traceback")
