"""Hoje: what waits for me, the month so far, and what is going on at this moment."""

from aiohttp import web

from webhooks.painel.moldura import page
from webhooks.painel.painel import Tela


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel`."""
    return page(request, "hoje/hoje.html")


TELAS = (Tela("GET", "/painel", show, menu="hoje"),)
