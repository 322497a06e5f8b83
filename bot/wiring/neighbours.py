"""The neighbours that are switched on, and how each is spoken to."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
from aiogram import Bot

from bot.channels.bots import make_bot
from bot.channels.telegram.api import TelegramApi
from bot.channels.whatsapp.api import CloudApi
from bot.robots.api import RobotsApi
from bot.senders.pipedrive import PipedriveApi
from bot.settings import Settings

# To one neighbour at once: a call that hangs has one for 20 seconds, and many people may be hanging.
_CONNECTIONS = 500


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who is on the other side; None: switched off."""

    telegram: TelegramApi | None
    whatsapp: CloudApi | None
    robots: RobotsApi | None
    pipedrive: PipedriveApi | None


async def open_neighbours(settings: Settings, stack: AsyncExitStack) -> Neighbours:
    """Connections of its own for each, closed with `stack`: what hangs at one keeps no other waiting."""

    async def http() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS, ttl_dns_cache=300)
        return await stack.enter_async_context(aiohttp.ClientSession(connector=connector))

    return Neighbours(
        telegram=_telegram(settings, await http()) if settings.telegram_enabled else None,
        whatsapp=_whatsapp(settings, await http()) if settings.whatsapp_enabled else None,
        robots=_robots(settings, await http()) if settings.rpa_enabled else None,
        pipedrive=_pipedrive(settings, await http()) if settings.pipedrive_enabled else None,
    )


def bots_of(settings: Settings, telegram_username: str | None, *, telegram_topics: bool) -> dict[str, Bot]:
    """What aiogram's handlers are given as their bot, by channel."""
    bots: dict[str, Bot] = {}
    if settings.telegram_enabled:
        token = settings.telegram_bot_token.get_secret_value()
        bots["telegram"] = make_bot("telegram", token, telegram_username, has_topics=telegram_topics)
    if settings.whatsapp_enabled:
        token = f"{settings.whatsapp_phone_number_id}:{settings.whatsapp_access_token.get_secret_value()}"
        bots["whatsapp"] = make_bot("whatsapp", token, None)
    return bots


def _telegram(settings: Settings, http: aiohttp.ClientSession) -> TelegramApi:
    return TelegramApi(http, settings.telegram_api_url, settings.telegram_bot_token.get_secret_value())


def _whatsapp(settings: Settings, http: aiohttp.ClientSession) -> CloudApi:
    base = f"{settings.whatsapp_api_url}/{settings.whatsapp_api_version}"
    token = settings.whatsapp_access_token.get_secret_value()
    return CloudApi(http, base, settings.whatsapp_phone_number_id, token)


def _robots(settings: Settings, http: aiohttp.ClientSession) -> RobotsApi:
    return RobotsApi(http, settings.rpa_api_url, settings.rpa_api_token.get_secret_value())


def _pipedrive(settings: Settings, http: aiohttp.ClientSession) -> PipedriveApi:
    return PipedriveApi(http, settings.pipedrive_api_url, settings.pipedrive_api_token.get_secret_value())
