"""A channel's bot, as dialogs see it."""

from aiogram import Bot

from bot.channels.recorder import RecordingSession


class ChannelBot(Bot):
    """A bot that writes down what it is asked to say. `username` is None on a channel without names.

    `has_topics`: whether private chats with it have topics, which its owner switches on (Bot API 9.3).
    """

    channel: str
    username: str | None
    has_topics: bool


def make_bot(channel: str, token: str, username: str | None, *, has_topics: bool = False) -> ChannelBot:
    """`token` is Telegram's, or WhatsApp's `phone_number_id:access_token`."""
    bot = ChannelBot(token, session=RecordingSession(channel))
    bot.channel = channel
    bot.username = username
    bot.has_topics = has_topics
    return bot
