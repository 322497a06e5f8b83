"""A message as the calls that show it on the other side."""

import pytest

from core.conversa.conversa import Conteudo
from core.conversa.copias import Chamada, as_copy, as_edit
from core.textos import shortened, split_text, units
from storage.conversa.arquivos import Arquivo
from storage.conversa.tipos import TipoMensagem as Tipo

KEY = "arquivos/2026/03/abc"
HEAD = "👤 Maria (#00042)"


def file(tipo: Tipo, mime_type: str, nome: str | None = None, texto: str | None = None) -> Conteudo:
    return Conteudo(tipo, texto, Arquivo("id", nome, mime_type, 3, texto))


class TestTexts:
    def test_a_text_is_itself(self) -> None:
        copia = as_copy(Conteudo(Tipo.TEXTO, "oi"), "whatsapp")
        assert (copia.antes, copia.principal) == ([], Chamada("sendMessage", {"text": "oi"}))

    def test_the_heading_stands_above_it(self) -> None:
        copia = as_copy(Conteudo(Tipo.TEXTO, "oi"), "whatsapp", head=HEAD)
        assert copia.principal.params == {"text": f"{HEAD}\noi"}


class TestFiles:
    @pytest.mark.parametrize(
        ("tipo", "method", "field"),
        [
            (Tipo.FOTO, "sendPhoto", "photo"),
            (Tipo.DOCUMENTO, "sendDocument", "document"),
            (Tipo.VIDEO, "sendVideo", "video"),
        ],
    )
    def test_the_heading_and_the_caption_stand_under_it(self, tipo: Tipo, method: str, field: str) -> None:
        copia = as_copy(file(tipo, "a/b", "x.bin", "veja"), "telegram", object_key=KEY, head=HEAD)
        stored = {"object_key": KEY, "filename": "x.bin", "mime_type": "a/b"}
        assert copia.principal == Chamada(method, {field: stored, "caption": f"{HEAD}\nveja"})
        assert copia.antes == []

    @pytest.mark.parametrize(
        ("tipo", "method"),
        [(Tipo.VOZ, "sendVoice"), (Tipo.AUDIO, "sendAudio"), (Tipo.FIGURINHA, "sendSticker")],
    )
    def test_where_nothing_can_stand_under_it_the_heading_comes_first(self, tipo: Tipo, method: str) -> None:
        copia = as_copy(file(tipo, "image/webp"), "whatsapp", object_key=KEY, head=HEAD)
        assert copia.antes == [Chamada("sendMessage", {"text": HEAD})]
        assert copia.principal.method == method
        assert "caption" not in copia.principal.params

    def test_without_anything_to_say_nothing_stands_around_it(self) -> None:
        assert as_copy(file(Tipo.VOZ, "audio/ogg"), "telegram", object_key=KEY).antes == []
        assert "caption" not in as_copy(file(Tipo.FOTO, "image/jpeg"), "telegram", object_key=KEY).principal.params

    @pytest.mark.parametrize(
        ("tipo", "nome", "shown"),
        [
            (Tipo.DOCUMENTO, "Fatura de maio ✅.pdf", "Fatura de maio ✅.pdf"),
            (Tipo.DOCUMENTO, "a\r\nb\u202e.pdf", "ab.pdf"),
            (Tipo.DOCUMENTO, None, "arquivo"),
            (Tipo.VOZ, None, "voz.ogg"),
        ],
    )
    def test_a_file_keeps_its_name_without_what_cannot_be_seen(self, tipo: Tipo, nome: str | None, shown: str) -> None:
        [stored] = as_copy(file(tipo, "a/b", nome), "telegram", object_key=KEY).principal.params.values()
        assert stored["filename"] == shown

    @pytest.mark.falha(477)
    @pytest.mark.parametrize(
        ("tipo", "mime_type", "shown"),
        [
            (Tipo.AUDIO, "audio/mp4", "audio.m4a"),
            (Tipo.AUDIO, "audio/ogg; codecs=opus", "audio.ogg"),
            (Tipo.FOTO, "image/png", "foto.png"),
            (Tipo.VIDEO, "video/3gpp", "video.3gp"),
            (Tipo.DOCUMENTO, "application/pdf", "arquivo.pdf"),
            (Tipo.DOCUMENTO, "application/octet-stream", "arquivo"),
        ],
    )
    def test_a_file_without_a_name_ends_as_its_type_does(self, tipo: Tipo, mime_type: str, shown: str) -> None:
        [stored] = as_copy(file(tipo, mime_type), "whatsapp", object_key=KEY).principal.params.values()
        assert stored["filename"] == shown

    def test_a_sticker_in_telegrams_own_format_is_its_emoji_elsewhere(self) -> None:
        moving = Conteudo(
            Tipo.FIGURINHA, None, Arquivo("id", None, "application/x-tgsticker", 3, None), {"emoji": "🎉"}
        )
        assert as_copy(moving, "whatsapp", object_key=KEY).principal == Chamada("sendMessage", {"text": "🎉"})
        assert as_copy(moving, "telegram", object_key=KEY).principal.method == "sendSticker"


class TestPlacesAndContacts:
    def test_a_point_and_a_known_place(self) -> None:
        point = {"latitude": 1.0, "longitude": 2.0}
        assert as_copy(Conteudo(Tipo.LOCAL, detalhe=point), "telegram").principal == Chamada("sendLocation", point)
        known = Conteudo(Tipo.LOCAL, detalhe=point | {"nome": "Praça", "endereco": "Centro"})
        wanted = Chamada("sendVenue", point | {"title": "Praça", "address": "Centro"})
        assert as_copy(known, "whatsapp").principal == wanted

    def test_a_contact_with_the_heading_above(self) -> None:
        card = Conteudo(Tipo.CONTATO, detalhe={"nome": "Pedro Lima", "telefone": "5531"})
        copia = as_copy(card, "telegram", head=HEAD)
        assert copia.antes == [Chamada("sendMessage", {"text": HEAD})]
        assert copia.principal == Chamada("sendContact", {"phone_number": "5531", "first_name": "Pedro Lima"})


class TestEdits:
    def test_a_text_and_a_caption_can_change(self) -> None:
        assert as_edit(Conteudo(Tipo.TEXTO, "novo"), HEAD) == Chamada("editMessageText", {"text": f"{HEAD}\nnovo"})
        edited = as_edit(file(Tipo.FOTO, "image/jpeg", texto="novo"), None)
        assert edited == Chamada("editMessageCaption", {"caption": "novo"})

    def test_what_moves_on_the_map_is_not_a_new_text(self) -> None:
        assert as_edit(Conteudo(Tipo.LOCAL, detalhe={"latitude": 1.0, "longitude": 2.0}), None) is None


class TestCuttingTexts:
    def test_a_long_text_is_cut_where_a_reader_would(self) -> None:
        assert split_text("uma linha\noutra linha", 12) == ["uma linha", "outra linha"]
        assert split_text("palavra palavra", 10) == ["palavra", "palavra"]
        assert split_text("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
        assert split_text("curto", 10) == ["curto"]

    def test_no_part_is_longer_than_telegram_counts_and_no_character_is_cut(self) -> None:
        parts = split_text("🎉" * 30, 9)
        assert all(units(part) <= 9 for part in parts)
        assert "".join(parts) == "🎉" * 30

    def test_a_text_that_is_too_long_says_so(self) -> None:
        assert shortened("abcdef", 4) == "abc…"
        assert shortened("abcd", 4) == "abcd"


@pytest.mark.falha(496)
@pytest.mark.parametrize("sign", ["👨‍👩‍👧‍👦", "👍🏽", "🇧🇷", "e\u0301", "1️⃣", "👩🏿‍🚀"])
def test_no_sign_is_cut_in_two(sign: str) -> None:
    for before in range(12):
        text = "x" * before + sign * 40
        for part in split_text(text, 60):
            assert part.strip("x").replace(sign, "") == "", before
        assert shortened(text, 60).removesuffix("…").strip("x").replace(sign, "") == ""
    assert "".join(split_text("x\u200d" * 500, 60)) == "x\u200d" * 500
