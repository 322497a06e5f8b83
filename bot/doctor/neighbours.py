"""Checks of whom we talk to: channels, robots, Pipedrive."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.channels.telegram.api import TelegramApi
from bot.channels.whatsapp.api import CloudApi
from bot.doctor.unfit import NotInUse, Unfit
from bot.robots.api import RobotsApi
from bot.senders.pipedrive import PipedriveApi
from bot.settings import Settings
from core.time import utc_now

# Telegram keeps its last error for ever; one this old is over when nothing waits.
_FRESH_ERROR = timedelta(minutes=10)


async def check_telegram(settings: Settings) -> str:
    if not settings.telegram_enabled:
        raise NotInUse("desligado: TELEGRAM_BOT_TOKEN vazio")
    async with aiohttp.ClientSession() as http:
        api = TelegramApi(http, settings.telegram_api_url, settings.telegram_bot_token.get_secret_value())
        me = await api.call("getMe", {})
        webhook = await api.call("getWebhookInfo", {})
    _refuse_webhook(webhook, f"{settings.public_url}/webhooks/telegram", utc_now())
    return f"@{me.get('username')}, webhook {webhook['url']}, {_webhook_state(webhook)}"


def _refuse_webhook(webhook: dict[str, Any], ours: str, now: datetime) -> None:
    """Raises `Unfit` when what people write does not reach us."""
    url = webhook.get("url") or "lugar nenhum"
    if url != ours:
        raise Unfit(f"o webhook leva a {url}, não a {ours}; suba `balcao web` (ou `balcao up`), que o registra")
    failed_at = datetime.fromtimestamp(webhook.get("last_error_date", 0), UTC)
    if webhook.get("pending_update_count") and now - failed_at < _FRESH_ERROR:
        raise Unfit(f"o Telegram não consegue entregar ({_webhook_state(webhook)}); confira PUBLIC_URL")


def _webhook_state(webhook: dict[str, Any]) -> str:
    error = webhook.get("last_error_message")
    return f"{webhook.get('pending_update_count', 0)} pendentes, último erro: {error or 'nenhum'}"


async def check_whatsapp(settings: Settings) -> str:
    if not settings.whatsapp_enabled:
        raise NotInUse("desligado: WHATSAPP_PHONE_NUMBER_ID vazio")
    settings.require("WHATSAPP_ACCESS_TOKEN")
    base = f"{settings.whatsapp_api_url}/{settings.whatsapp_api_version}"
    token = settings.whatsapp_access_token.get_secret_value()
    async with aiohttp.ClientSession() as http:
        number = await CloudApi(http, base, settings.whatsapp_phone_number_id, token).number()
    return f"{number.get('verified_name', 'sem nome')}, qualidade {number.get('quality_rating', 'desconhecida')}"


async def check_rpa(settings: Settings) -> str:
    if not settings.rpa_enabled:
        raise NotInUse("desligado: RPA_API_URL vazio")
    async with aiohttp.ClientSession() as http:
        await RobotsApi(http, settings.rpa_api_url, settings.rpa_api_token.get_secret_value()).health()
    return settings.rpa_api_url


async def check_pipedrive(settings: Settings) -> str:
    if not settings.pipedrive_enabled:
        raise NotInUse("desligado: PIPEDRIVE_API_URL ou PIPEDRIVE_API_TOKEN vazio")
    async with aiohttp.ClientSession() as http:
        await PipedriveApi(http, settings.pipedrive_api_url, settings.pipedrive_api_token.get_secret_value()).check()
    return settings.pipedrive_api_url
