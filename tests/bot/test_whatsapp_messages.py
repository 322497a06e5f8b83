"""From a dialog's words to messages that WhatsApp can show, within its limits and as few as possible.

Limits: developers.facebook.com/docs/whatsapp/cloud-api (messages, interactive messages). The stand-in of the Cloud API
checks them on its own, so a message is right when it is what we expect and the stand-in takes it.
"""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.messages import BODY_LIMIT, BUTTON_TITLE, ROW_DESCRIPTION, ROW_TITLE, to_cloud
from bot.channels.whatsapp.sender import WhatsappSender
from core.delivery_errors import Throttled
from core.textos import TEXT_LIMIT, split_text, units
from dialogs.frame.buttons import Button
from dialogs.frame.talk import Choice, keyboard
from sandbox.whatsapp.limits import check_interactive, check_text
from storage.transaction import Call

Message = dict[str, Any]


class Escolha(Button, prefix="escolha"):
    number: int


def said(text: str, *labels: str, method: str = "sendMessage") -> list[Message]:
    """What one message of a dialog becomes; every label is a choice with data of its own."""
    choices: list[Choice] = [(label, Escolha(number=number)) for number, label in enumerate(labels)]
    markup = keyboard(*choices)
    params: dict[str, Any] = {"to": "5531988804000", "text": text}
    if markup is not None:
        params["reply_markup"] = markup.model_dump(mode="json", exclude_none=True)
    messages = to_cloud(method, params)
    assert all(isinstance(message, dict) for message in messages)
    return messages  # type: ignore[return-value]


def bodies(messages: list[Message]) -> list[str]:
    """What the person reads, choices aside."""
    return [(message.get("text") or message["interactive"]["body"]).popitem()[1] for message in messages]


def buttons(message: Message) -> list[tuple[str, str]]:
    assert message["interactive"]["type"] == "button"
    replies = [button["reply"] for button in message["interactive"]["action"]["buttons"]]
    return [(reply["title"], reply["id"]) for reply in replies]


def rows(message: Message) -> list[dict[str, str]]:
    assert message["interactive"]["type"] == "list"
    return list(message["interactive"]["action"]["sections"][0]["rows"])


class TestText:
    def test_is_one_message(self) -> None:
        assert said("Bom dia") == [{"type": "text", "text": {"body": "Bom dia"}}]

    def test_up_to_the_limit_is_not_cut(self) -> None:
        assert bodies(said("x" * TEXT_LIMIT)) == ["x" * TEXT_LIMIT]

    def test_beyond_it_is_cut_at_a_line_end_or_a_space(self) -> None:
        line = "um texto que continua\n"
        parts = bodies(said(line * 400))
        assert len(parts) == 3
        assert all(len(part) <= TEXT_LIMIT for part in parts)
        assert all(part.startswith("um texto") and part.endswith("continua") for part in parts)
        assert bodies(said("a" * 4000 + " " + "b" * 4000)) == ["a" * 4000, "b" * 4000]

    def test_without_any_space_is_cut_where_it_must_be(self) -> None:
        assert bodies(said("x" * 5000)) == ["x" * TEXT_LIMIT, "x" * (5000 - TEXT_LIMIT)]

    def test_an_edit_says_what_it_says_now(self) -> None:
        assert said("Já aprovado", method="editMessageText") == said("Já aprovado")

    def test_a_keyboard_that_is_no_choice_is_left_out(self) -> None:
        """Sharing one's phone, taking a keyboard away: WhatsApp knows the phone, and has no keyboards."""
        for markup in ({"keyboard": [[{"text": "Compartilhar"}]]}, {"remove_keyboard": True}):
            assert to_cloud("sendMessage", {"text": "Oi", "reply_markup": markup}) == said("Oi")


class TestChoices:
    def test_up_to_three_short_ones_are_buttons(self) -> None:
        (message,) = said("Posso começar?", "SIM", "NÃO", "x" * BUTTON_TITLE)
        assert buttons(message) == [("SIM", "escolha:0"), ("NÃO", "escolha:1"), ("x" * BUTTON_TITLE, "escolha:2")]

    @pytest.mark.parametrize(
        "labels", [("a", "b", "c", "d"), ("SIM", "x" * (BUTTON_TITLE + 1))], ids=["four", "a long one"]
    )
    def test_more_or_longer_ones_are_a_list(self, labels: tuple[str, ...]) -> None:
        (message,) = said("Escolha:", *labels)
        assert [(row["title"], row["id"]) for row in rows(message)] == [
            (label, f"escolha:{number}") for number, label in enumerate(labels)
        ]
        assert not any("description" in row for row in rows(message))

    def test_what_is_too_long_for_a_rows_title_is_whole_in_its_description(self) -> None:
        label = "Nio Fibra 300 Mega · R$ 79,90 por mês, sem fidelidade"
        (message,) = said("Qual plano?", label, "Nenhum")
        assert rows(message)[0]["description"] == label
        assert rows(message)[0]["title"].endswith("…")
        assert len(rows(message)[0]["title"]) <= ROW_TITLE

    def test_a_rows_title_ends_with_a_whole_word_never_within_an_amount(self) -> None:
        labels = ["Nio Fibra 300 Mega · R$ 79,90", "Nio Fibra 1 Giga · R$ 159,90", "x" * 30]
        (message,) = said("Qual plano?", *labels)
        assert [row["title"] for row in rows(message)] == ["Nio Fibra 300 Mega…", "Nio Fibra 1 Giga…", "x" * 23 + "…"]
        assert [row["description"] for row in rows(message)] == labels

    def test_rows_whose_whole_words_are_the_same_are_cut_later(self) -> None:
        (message,) = said("Qual plano?", "Plano 700 · R$ 129,90 por mês", "Plano 700 · R$ 139,90 por mês", "Plano 7")
        assert [row["title"] for row in rows(message)] == [
            "Plano 700 · R$ 129,90…",
            "Plano 700 · R$ 139,90…",
            "Plano 7",
        ]
        (message,) = said("Qual plano?", "Fibra residencial TV A12345", "Fibra residencial TV B12345")
        assert [row["title"][-4:] for row in rows(message)] == [" A1…", " B1…"]

    def test_ten_are_a_list_and_eleven_are_numbered_text(self) -> None:
        labels = [f"Opção {number}" for number in range(11)]
        assert len(rows(said("Escolha:", *labels[:10])[0])) == 10
        (message,) = said("Escolha:", *labels)
        assert message["text"]["body"].splitlines() == [
            "Escolha:", "", *(f"{number}. {label}" for number, label in enumerate(labels, 1)),
        ]  # fmt: skip

    def test_a_label_longer_than_any_row_can_show_makes_numbered_text(self) -> None:
        (message,) = said("Escolha:", "x" * (ROW_DESCRIPTION + 1), "outra")
        assert message["text"]["body"].endswith("2. outra")

    def test_labels_that_would_look_the_same_are_numbered(self) -> None:
        """Equal titles are refused by WhatsApp, and nobody could tell them apart."""
        assert "1. igual\n2. igual" in said("Escolha:", "igual", "igual")[0]["text"]["body"]
        long = ["Plano de internet com fibra A", "Plano de internet com fibra B"]
        assert f"1. {long[0]}\n2. {long[1]}" in said("Escolha:", *long)[0]["text"]["body"]

    def test_a_long_text_goes_before_and_the_choices_stay_with_its_end(self) -> None:
        text = "uma frase inteira.\n" * 100
        *before, last = said(text, "SIM", "NÃO")
        assert [message["type"] for message in before] == ["text"]
        assert len(last["interactive"]["body"]["text"]) <= BODY_LIMIT
        assert "".join(bodies([*before, last])).replace("\n", "") == text.replace("\n", "")

    def test_links_have_no_choice_to_type(self) -> None:
        markup = {"inline_keyboard": [[{"text": "Abrir", "url": "https://example.org"}]]}
        assert to_cloud("sendMessage", {"text": "Veja", "reply_markup": markup}) == said("Veja")


class TestTheRest:
    def test_reading_and_typing_are_shown_under_the_message_that_is_answered(self) -> None:
        (shown,) = to_cloud("sendChatAction", {"to": "1", "action": "typing", "inbound_id": "wamid.1"})
        assert shown == {"status": "read", "message_id": "wamid.1", "typing_indicator": {"type": "text"}}

    def test_without_such_a_message_nothing_is_shown(self) -> None:
        assert to_cloud("sendChatAction", {"to": "1", "action": "typing", "inbound_id": None}) == []

    @pytest.mark.parametrize("method", ["answerCallbackQuery", "deleteMessage", "setMyCommands", "pinChatMessage"])
    def test_what_whatsapp_does_not_have_is_no_message(self, method: str) -> None:
        assert to_cloud(method, {"to": "1", "text": "x"}) == []

    @pytest.mark.parametrize(("method", "field", "mime_type", "kind"), [
        ("sendDocument", "document", "application/pdf", "document"), ("sendPhoto", "photo", "image/jpeg", "image"),
    ])  # fmt: skip
    def test_a_stored_file_is_uploaded_first(self, method: str, field: str, mime_type: str, kind: str) -> None:
        stored = {"object_key": "a/b", "filename": "fatura", "mime_type": mime_type}
        assert to_cloud(method, {"to": "1", field: stored, "caption": "Maio"}) == [
            Media(kind, "a/b", "fatura", mime_type, "Maio")
        ]

    def test_choices_and_long_captions_come_after_the_file(self) -> None:
        """Meta shows a caption of 1024 characters under a file, and no buttons."""
        stored = {"object_key": "a/b", "filename": "fatura.pdf", "mime_type": "application/pdf"}
        bare = Media("document", "a/b", "fatura.pdf", "application/pdf", None)
        markup = {"inline_keyboard": [[{"text": "Aprovar", "callback_data": "a"}]]}
        for caption, shown in (("Maio", "Maio"), (None, "fatura.pdf")):
            params = {"to": "1", "document": stored, "caption": caption, "reply_markup": markup}
            first, second = to_cloud("sendDocument", params)
            assert first == bare
            assert bodies([second]) == [shown]  # type: ignore[list-item]
            assert buttons(second) == [("Aprovar", "a")]  # type: ignore[arg-type]
        long = to_cloud("sendDocument", {"to": "1", "document": stored, "caption": "x" * 1025})
        assert long == [bare, {"type": "text", "text": {"body": "x" * 1025}}]


class TestACallOfSeveralMessages:
    async def test_goes_on_where_it_failed(self) -> None:
        """Too fast for this person after the first part: the second try must not say it again."""
        sent: list[str] = []

        class Api:
            async def send(self, payload: Message) -> Message:
                if len(sent) == 1 and not refused:
                    refused.append(payload)
                    raise Throttled("pair rate limit", "131056", 6.0)
                sent.append(payload["text"]["body"][0])
                return {"messages": [{"id": f"wamid.{len(sent)}"}]}

        refused: list[Message] = []
        text = " ".join(letter * 4000 for letter in "abc")
        call = Call(7, "contato:1", "whatsapp", "sendMessage", {"to": "5531988804000", "text": text})
        sender = WhatsappSender(Api(), None, None, None)  # type: ignore[arg-type]
        with pytest.raises(Throttled):
            await sender.send(call)
        assert await sender.send(call) == "wamid.3"
        assert sent == ["a", "b", "c"]
        assert sender._parts.next_of == {}


_WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=90)
_LABELS = st.lists(_WORDS.filter(str.strip), max_size=14)
_TEXTS = st.builds(
    lambda parts, gap: gap.join(parts),
    st.lists(_WORDS, min_size=1, max_size=120),
    st.sampled_from(["", " ", "\n", " " * 300]),
).filter(str.strip)


@given(text=_TEXTS, labels=_LABELS)
def test_whatever_is_said_whatsapp_takes_it_and_nothing_is_lost(text: str, labels: list[str]) -> None:
    messages = said(text, *labels)
    for message in messages:
        if message["type"] == "text":
            check_text(message)
        else:
            check_interactive(message)
    shown = " ".join([*bodies(messages), *(_shown_choices(messages[-1]))])
    assert _squeezed(shown).startswith(_squeezed(text))
    for label in labels:
        assert _squeezed(label) in _squeezed(shown)


def _shown_choices(message: Message) -> list[str]:
    action = message.get("interactive", {}).get("action", {})
    titles = [button["reply"]["title"] for button in action.get("buttons", [])]
    return titles + [text for section in action.get("sections", []) for row in section["rows"] for text in row.values()]


def _squeezed(text: str) -> str:
    """Without the spaces at which a text may be cut."""
    return "".join(text.split())


@given(text=_TEXTS, limit=st.integers(2, 50))
@example(text=" " * 60 + "x\n", limit=50)
def test_parts_fit_and_make_up_the_whole(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert _squeezed("".join(parts)) == _squeezed(text)
