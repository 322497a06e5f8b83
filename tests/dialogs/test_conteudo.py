"""What a message of a person is, as the other side needs to know it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Message, MessageReactionUpdated

from dialogs.conversa.conteudo import content_of, reaction_of
from storage.conversa.tipos import TipoMensagem as Tipo

CHAT = {"id": 1, "type": "private"}
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 3}
FILM = FILE | {"width": 1, "height": 1, "duration": 1}


def message(**content: Any) -> Message:
    frame = {"message_id": 1, "date": datetime(2026, 3, 2, tzinfo=UTC), "chat": CHAT}
    return Message.model_validate(frame | content)


def link(offset: int, length: int, url: str) -> dict[str, Any]:
    return {"type": "text_link", "offset": offset, "length": length, "url": url}


class TestTexts:
    def test_a_link_that_the_text_hides_is_written_out(self) -> None:
        """Offsets count UTF-16 units, in which 🎉 is two."""
        said = message(text="🎉 veja aqui e ali", entities=[link(8, 4, "https://a.br/x"), link(15, 3, "https://b.br/")])
        assert content_of(said).texto == "🎉 veja aqui (https://a.br/x) e ali (https://b.br/)"

    def test_a_link_that_is_its_own_text_is_not_written_twice(self) -> None:
        said = message(text="https://a.br", entities=[link(0, 12, "https://a.br/")])
        assert content_of(said).texto == "https://a.br"

    def test_a_die_is_its_emoji(self) -> None:
        assert content_of(message(dice={"emoji": "🎲", "value": 3})).texto == "🎲"


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "tipo", "mime_type"),
        [
            ({"photo": [FILE | {"width": 1, "height": 1}]}, Tipo.FOTO, "image/jpeg"),
            ({"document": FILE | {"mime_type": "application/pdf"}}, Tipo.DOCUMENTO, "application/pdf"),
            ({"document": FILE, "animation": FILM}, Tipo.VIDEO, "video/mp4"),
            ({"video_note": FILE | {"length": 1, "duration": 1}}, Tipo.VIDEO, "video/mp4"),
            ({"voice": FILE | {"duration": 1}}, Tipo.VOZ, "audio/ogg"),
            ({"audio": FILE | {"duration": 1}}, Tipo.AUDIO, "audio/mpeg"),
        ],
    )
    def test_each_kind_of_file(self, content: dict[str, Any], tipo: Tipo, mime_type: str) -> None:
        found = content_of(message(caption="veja", **content))
        assert found.arquivo is not None
        assert (found.tipo, found.texto, found.arquivo.mime_type) == (tipo, "veja", mime_type)

    def test_the_largest_size_of_a_photo_counts(self) -> None:
        sizes = [FILE | {"file_id": name, "width": 1, "height": 1} for name in ("small", "large")]
        arquivo = content_of(message(photo=sizes)).arquivo
        assert arquivo is not None
        assert arquivo.provider_file_id == "large"

    @pytest.mark.parametrize(
        ("moves", "mime_type"),
        [
            ({"is_animated": False, "is_video": False}, "image/webp"),
            ({"is_animated": True, "is_video": False}, "application/x-tgsticker"),
            ({"is_animated": False, "is_video": True}, "video/webm"),
        ],
    )
    def test_a_sticker_is_of_one_of_three_formats(self, moves: dict[str, bool], mime_type: str) -> None:
        sticker = FILE | {"type": "regular", "width": 512, "height": 512, "emoji": "🎉"} | moves
        found = content_of(message(sticker=sticker))
        assert found.arquivo is not None
        assert (found.tipo, found.arquivo.mime_type, found.detalhe) == (
            Tipo.FIGURINHA,
            mime_type,
            {"emoji": "🎉"},
        )


def test_a_place_a_contact_and_what_no_other_app_shows() -> None:
    point = {"latitude": 1.0, "longitude": 2.0}
    assert content_of(message(location=point)).detalhe == point
    venue = {"location": point, "title": "Praça", "address": "Centro"}
    assert content_of(message(location=point, venue=venue)).detalhe == point | {"nome": "Praça", "endereco": "Centro"}
    card = {"phone_number": "5531", "first_name": "Pedro", "last_name": "Lima"}
    assert content_of(message(contact=card)).detalhe == {"nome": "Pedro Lima", "telefone": "5531"}
    assert content_of(message()).tipo is Tipo.OUTRO


@pytest.mark.parametrize(
    ("new", "emoji"),
    [
        ([{"type": "emoji", "emoji": "👍"}], "👍"),
        ([], None),
        ([{"type": "custom_emoji", "custom_emoji_id": "1"}], None),
        ([{"type": "custom_emoji", "custom_emoji_id": "1"}, {"type": "emoji", "emoji": "🎉"}], "🎉"),
    ],
)
def test_the_reaction_that_stands_on_a_message_now(new: list[dict[str, str]], emoji: str | None) -> None:
    frame = {"chat": CHAT, "message_id": 1, "date": datetime(2026, 3, 2, tzinfo=UTC), "old_reaction": []}
    assert reaction_of(MessageReactionUpdated.model_validate(frame | {"new_reaction": new})) == emoji
