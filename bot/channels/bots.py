"""A channel's bot, as dialogs see it."""

from aiogram import Bot

from bot.channels.recorder import RecordingSession


class ChannelBot(Bot):
    """A bot that writes down what it is asked to say. `username` is None on a channel without names."""

    channel: str
    username: str | None


def make_bot(channel: str, token: str, username: str | None) -> ChannelBot:
    """`token` is Telegram's, or WhatsApp's `phone_number_id:access_token`."""
    bot = ChannelBot(token, session=RecordingSession(channel))
    bot.channel = channel
    bot.username = username
    return bot
