"""Topics in the private chat with the bot, one for each customer of a consultant."""

import pytest


@pytest.fixture
async def ana(sandbox, service):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


async def _topic(service, ana, name="Caio · #00012"):
    answer = await service.telegram("createForumTopic", chat_id=ana.user_id, name=name)
    return answer["result"]["message_thread_id"]


async def test_bot_says_whether_it_has_topics(sandbox, service, ana):
    assert (await service.telegram("getMe"))["result"]["has_topics_enabled"] is True
    sandbox.telegram.topics_enabled = False
    assert (await service.telegram("getMe"))["result"]["has_topics_enabled"] is False
    answer = await service.telegram("createForumTopic", chat_id=ana.user_id, name="Caio")
    assert answer["description"] == "Bad Request: the chat is not a forum"


async def test_what_is_said_in_a_topic_stays_in_it(service, ana):
    thread = await _topic(service, ana)
    where = {"chat_id": ana.user_id, "message_thread_id": thread}
    sent = (await service.telegram("sendMessage", text="Bom dia", **where))["result"]
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert (await ana.sees("Bom dia")).topic == thread
    await service.telegram("sendLocation", latitude=-19.9, longitude=-43.9, **where)
    assert ana.screen[-1].topic == thread
    topic = await ana.sees_topic("#00012")
    ana.opens_topic(topic)
    await (await ana.says("Bom dia, Caio")).accepted()
    heard = service.events("telegram")[-1]["message"]
    assert (heard["message_thread_id"], heard["is_topic_message"]) == (thread, True)
    ana.opens_topic(None)
    await (await ana.says("FILA")).accepted()
    assert "message_thread_id" not in service.events("telegram")[-1]["message"]


async def test_reply_goes_to_the_topic_of_what_it_quotes(service, ana):
    thread = await _topic(service, ana)
    await service.telegram("sendMessage", chat_id=ana.user_id, message_thread_id=thread, text="Qual?")
    await (await ana.says("este", reply_to=await ana.sees("Qual?"))).accepted()
    heard = service.events("telegram")[-1]["message"]
    assert heard["message_thread_id"] == thread
    reply = {"message_id": heard["message_id"]}
    await service.telegram("sendMessage", chat_id=ana.user_id, text="Anotado", reply_parameters=reply)
    assert (await ana.sees("Anotado")).topic == thread


async def test_topic_is_renamed_and_opened_by_its_name(service, ana):
    thread = await _topic(service, ana)
    await service.telegram("editForumTopic", chat_id=ana.user_id, message_thread_id=thread, name="✅ Caio")
    assert ana.opens_topic("✅ Caio").id == thread
    again = await service.telegram("editForumTopic", chat_id=ana.user_id, message_thread_id=thread, name="✅ Caio")
    assert again["description"] == "Bad Request: TOPIC_NOT_MODIFIED"
    answer = await service.telegram("createForumTopic", chat_id=ana.user_id, name="  ")
    assert answer["description"] == "Bad Request: title must be non-empty"
    answer = await service.telegram("createForumTopic", chat_id=ana.user_id, name="x" * 129)
    assert answer["result"]["name"] == "x" * 128
    color = await service.telegram("createForumTopic", chat_id=ana.user_id, name="x", icon_color=1)
    assert color["description"] == "Bad Request: TOPIC_ICON_COLOR_INVALID"


async def test_topic_that_the_person_deleted_is_noticed_at_the_next_message(service, ana):
    thread = await _topic(service, ana)
    where = {"chat_id": ana.user_id, "message_thread_id": thread}
    await service.telegram("sendMessage", text="Bom dia", **where)
    before = len(service.heard)
    ana.deletes_topic(await ana.sees_topic("Caio"))
    assert [bubble.deleted for bubble in ana.screen] == [False, True, True]
    for method, params in (("sendMessage", {"text": "x"}), ("sendLocation", {"latitude": 1, "longitude": 1})):
        answer = await service.telegram(method, **where, **params)
        assert (answer["error_code"], answer["description"]) == (400, "Bad Request: message thread not found")
    for method in ("editForumTopic", "deleteForumTopic"):
        answer = await service.telegram(method, name="y", **where)
        assert answer["description"] == "Bad Request: TOPIC_ID_INVALID"
    assert (await service.telegram("sendChatAction", action="typing", **where))["ok"]
    assert len(service.heard) == before


async def test_service_deletes_a_topic_with_its_messages(service, ana):
    thread = await _topic(service, ana)
    await service.telegram("sendMessage", chat_id=ana.user_id, message_thread_id=thread, text="Bom dia")
    ana.opens_topic("Caio · #00012")
    assert (await service.telegram("deleteForumTopic", chat_id=ana.user_id, message_thread_id=thread))["ok"]
    assert (ana.topic, ana.topics.open, ana.screen[-1].deleted) == (None, [], True)


async def test_topic_that_a_person_makes_is_told_as_a_service_message(service, ana):
    await (await ana.creates_topic("Nova conversa", implicit=True)).accepted()
    created = service.events("telegram")[-1]["message"]
    assert created["forum_topic_created"]["name"] == "Nova conversa"
    assert created["forum_topic_created"]["is_name_implicit"] is True
    await (await ana.says("VENDER")).accepted()
    assert service.events("telegram")[-1]["message"]["message_thread_id"] == created["message_thread_id"]


async def test_topics_are_closed_in_supergroups_only(service, ana):
    thread = await _topic(service, ana)
    for method in ("closeForumTopic", "reopenForumTopic"):
        answer = await service.telegram(method, chat_id=ana.user_id, message_thread_id=thread)
        assert answer["description"] == "Bad Request: the chat is not a forum"
