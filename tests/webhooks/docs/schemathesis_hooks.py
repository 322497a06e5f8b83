"""What the OpenAPI document cannot say: how webhooks are signed, and what is a phone, a language, an event's id."""

import hashlib
import hmac
import os
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from hypothesis import strategies as st
from requests.auth import AuthBase
from standardwebhooks.webhooks import Webhook

TO_BE_SIGNED = "to-be-signed"

_DIGITS = st.text("0123456789", min_size=7, max_size=7)
schemathesis.openapi.format("telefone", st.builds("55{}98{}".format, st.sampled_from([11, 31, 98]), _DIGITS))
schemathesis.openapi.format("pessoa", st.uuids().map(str))
schemathesis.openapi.format("idioma", st.sampled_from(["pt", "en", "es", "fr", "PT-br", "zh_CN"]))
schemathesis.openapi.format("cnpj", st.sampled_from(["11222333000181", "11444777000161", "12ABC34501DE35"]))
schemathesis.openapi.format("cpf", st.sampled_from(["52998224725", "11144477735"]))
schemathesis.openapi.format("linha", st.integers(0, 2**40).map(str))
schemathesis.openapi.format("evento", st.builds("{}-{}".format, st.integers(0, 2**40), st.integers(0, 99)))


class Signed(AuthBase):
    """Signs what is about to be sent, where the document says that it is signed; each call has a key of its own."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        if request.headers.get("X-Hub-Signature-256") == TO_BE_SIGNED:
            digest = hmac.new(os.environ["TEST_APP_SECRET"].encode(), raw, hashlib.sha256).hexdigest()
            request.headers["X-Hub-Signature-256"] = f"sha256={digest}"
        if request.headers.get("webhook-signature") == TO_BE_SIGNED:
            self._sign_as_robot(request, raw)
        if re.fullmatch("[!-~]{1,255}", str(request.headers.get("Idempotency-Key", ""))):
            # Each call is one of its own.
            request.headers["Idempotency-Key"] = str(uuid4())
        return request

    def _sign_as_robot(self, request: requests.PreparedRequest, raw: bytes) -> None:
        """Now, under an id of its own. A header that was left out stays out."""
        now, name = datetime.now(UTC), str(uuid4())
        for header, value in (("webhook-id", name), ("webhook-timestamp", str(int(now.timestamp())))):
            if header in request.headers:
                request.headers[header] = value
        signer = Webhook(os.environ["TEST_CALLBACK_SECRET"])
        request.headers["webhook-signature"] = signer.sign(name, now, raw.decode("utf-8", "replace"))


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """As callers write it: a whole number without a point, no NUL (test_routes.py), and a job that there is."""
    body = _as_written(body)
    if isinstance(body, dict) and isinstance(body.get("job_id"), str):
        body["job_id"] = os.environ["TEST_JOB_ID"]
    return body


def _as_written(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    kwargs.setdefault("auth", Signed())
