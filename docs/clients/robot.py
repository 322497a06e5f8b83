"""What a robot tells Balcão, signed: https://www.standardwebhooks.com in thirty lines, with nothing to install.

    report(callback_url, SECRET, {"event": "job.progress", "job_id": JOB, "seq": 7,
                                  "data": {"percentual": 40, "etapa": "Consultando o CEP"}})

`callback_url` is that of the start, as it was given; SECRET is `RPA_CALLBACK_SECRET` as it is set. 200 is done, 5xx is
to be sent again with the same `seq`, anything else is to be mended.
"""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from typing import Any


def signed(secret: str, message_id: str, at: int, body: bytes) -> str:
    """The header `webhook-signature`; `at` is the moment in whole seconds, no more than five minutes off Balcão's."""
    # After `whsec_` stands base64; a secret without it signs by its characters, also where they look like base64.
    coded = secret.removeprefix("whsec_")
    key = secret.encode() if coded == secret else base64.b64decode(coded + "=" * (-len(coded) % 4))
    content = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def report(callback_url: str, secret: str, event: dict[str, Any]) -> tuple[int, str]:
    """Send one event; the status and what was answered."""
    body, at = json.dumps(event).encode(), int(time.time())
    message_id = f"{event['job_id']}-{event['seq']}"
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": signed(secret, message_id, at, body),
    }
    # The address is Balcão's own.
    request = urllib.request.Request(callback_url, body, headers, method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
