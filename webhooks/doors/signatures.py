"""Who may come in by a door whose bodies are signed: what is checked before the body is read, and then over it."""

import hashlib
import hmac
import re
import time

from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from webhooks.auth import Auth, same
from webhooks.given import ROBOT_DOOR, WHATSAPP_DOOR
from webhooks.http.answers import ApiError
from webhooks.http.strangers import Strangers

STRANGERS = web.AppKey("strangers", Strangers)
# The body, once its signature is known to be right.
SIGNED_BODY = web.RequestKey("signed_body", bytes)

_META = re.compile(r"sha256=[0-9a-f]{64}", re.ASCII)
# Several may stand there while a secret is changed; each is base64 of 32 bytes (standardwebhooks.com).
_ROBOT = re.compile(r"v1,[A-Za-z0-9+/]{43}=", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
# What Standard Webhooks allows between two clocks.
_STALE_SECONDS = 300


async def _meta(request: web.Request) -> None:
    secret = request.app[WHATSAPP_DOOR].app_secret
    if secret is None:
        raise ApiError(404, "the WhatsApp channel is off")
    given = request.headers.get("X-Hub-Signature-256", "")
    if not _META.fullmatch(given):
        raise ApiError(401, "wrong or no signature")
    body = await request.app[STRANGERS].read(request)
    if not same(given, "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()):
        raise ApiError(401, "wrong or no signature")
    request[SIGNED_BODY] = body


async def _robot(request: web.Request) -> None:
    key = request.app[ROBOT_DOOR].key
    if key is None:
        raise ApiError(404, "no robots are configured")
    headers = dict(request.headers)
    if not _may_be_right(request):
        raise ApiError(401, "wrong, stale or no signature")
    body = await request.app[STRANGERS].read(request)
    try:
        Webhook(key).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError, UnicodeError):
        raise ApiError(401, "wrong, stale or no signature") from None
    request[SIGNED_BODY] = body


def _may_be_right(request: web.Request) -> bool:
    """Whether the headers are those of a signature, of now."""
    headers = request.headers
    sent = headers.get("webhook-timestamp", "")
    is_now = bool(_SECONDS.fullmatch(sent)) and abs(time.time() - int(sent)) <= _STALE_SECONDS + 1
    signatures = headers.get("webhook-signature", "").split(" ")
    return is_now and bool(headers.get("webhook-id")) and any(_ROBOT.fullmatch(one) for one in signatures)


SIGNED_BY_META = Auth(_meta, ("whatsapp",))
SIGNED_BY_ROBOT = Auth(_robot, ("rpa",))
