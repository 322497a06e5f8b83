"""The Bot API's methods for topics, as the server answers them in a private chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.telegram.account import Account
from sandbox.telegram.limits import bad
from sandbox.telegram.phone import TelegramPhone
from sandbox.telegram.topics import Topic, check_color, check_name

Params = dict[str, Any]
Method = Callable[[Account, Params], Awaitable[Any]]
GONE = "TOPIC_ID_INVALID"
NO_FORUM = "the chat is not a forum"


async def create_forum_topic(telegram: Account, params: Params) -> Any:
    phone = _forum(telegram, params)
    name, color = check_name(params.get("name")), check_color(params.get("icon_color"))
    icon = str(params.get("icon_custom_emoji_id") or "")
    return phone.add_topic(Topic(0, name, color, icon), telegram.bot).as_result()


async def edit_forum_topic(telegram: Account, params: Params) -> Any:
    phone = _forum(telegram, params)
    topic = phone.topics.find(int(params.get("message_thread_id", 0)), GONE)
    name = check_name(params["name"]) if params.get("name") else topic.name
    icon = str(params.get("icon_custom_emoji_id", topic.icon_custom_emoji_id))
    if (name, icon, False) == (topic.name, topic.icon_custom_emoji_id, topic.implicit):
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon_custom_emoji_id, topic.implicit = name, icon, False
    phone.touched()
    return True


async def delete_forum_topic(telegram: Account, params: Params) -> Any:
    phone = _forum(telegram, params)
    phone.forget_topic(phone.topics.find(int(params.get("message_thread_id", 0)), GONE))
    return True


async def refuse_in_private(telegram: Account, params: Params) -> Any:
    """Topics are closed and reopened in supergroups only."""
    telegram.reachable(params)
    raise bad(NO_FORUM)


def _forum(telegram: Account, params: Params) -> TelegramPhone:
    phone = telegram.reachable(params)
    if not telegram.topics_enabled:
        raise bad(NO_FORUM)
    return phone


TOPIC_METHODS: dict[str, Method] = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "deleteforumtopic": delete_forum_topic,
    "closeforumtopic": refuse_in_private,
    "reopenforumtopic": refuse_in_private,
}
