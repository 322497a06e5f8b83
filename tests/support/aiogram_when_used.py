"""The tests import aiogram as a process of ours does; it comes before every other import that brings aiogram."""

from bot.runtime.imports import import_aiogram

import_aiogram()
