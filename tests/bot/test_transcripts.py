"""A transcript on paper and as a spreadsheet."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from PIL import Image

from bot.senders.transcricao.as_csv import transcript_csv
from bot.senders.transcricao.as_pdf import LINES, draw_pdf, readable, thumbnail
from dialogs.conversa.documento import Documento, document_of
from dialogs.frame.i18n import SOURCE, use_language
from storage.conversa.transcricao import Fala, Transcricao
from tests.support.past import WHEN

ZONE = ZoneInfo("America/Sao_Paulo")
KNOWN = frozenset(map(ord, "olá não□❤[]:-,. abcdefghijklmnopqrstuvwxyzçãéíóú"))


def fala(number: int, autor: str, texto: str | None = None, **values: Any) -> Fala:
    facts: dict[str, Any] = {
        "id": number,
        "autor": autor,
        "consultor": "Davi Alves" if autor in ("CONSULTOR", "NOTA") else None,
        "tipo": "TEXTO",
        "texto": texto,
        "detalhe": None,
        "responde_a": None,
        "quando": WHEN + timedelta(minutes=number),
        "editada_em": None,
        "enviada": autor != "NOTA",
        "arquivo_id": None,
        "arquivo": None,
        "mime_type": None,
        "object_key": None,
    }
    return Fala(**facts | values)


def said(*falas: Fala, **values: Any) -> Transcricao:
    facts: dict[str, Any] = {
        "id": 1,
        "protocolo_id": 42,
        "contato_id": 7,
        "customer": "Clara Dias",
        "telefone": "5531977776666",
        "channel": "whatsapp",
        "idioma": "pt",
        "status": "ENCERRADO",
        "consultor": "Davi Alves",
        "criado_em": WHEN,
        "aceito_em": WHEN + timedelta(minutes=1),
        "encerrado_em": WHEN + timedelta(hours=1),
        "avaliacao": 5,
        "comentario": "Muito bom",
        "falas": falas,
    }
    return Transcricao(**facts | values)


def document(transcricao: Transcricao, **imagens: Any) -> Documento:
    use_language(SOURCE)
    return document_of(transcricao, imagens.get("imagens", {}), ZONE, WHEN)


def photo(width: int = 1600, height: int = 1200) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(content, "JPEG")
    return content.getvalue()


class TestTheWords:
    def test_who_said_what_and_when_in_the_business_zone(self) -> None:
        shown = document(said(fala(0, "BOT", "Olá!"), fala(1, "CLIENTE", "Oi"), fala(2, "CONSULTOR", "Bom dia")))
        assert shown.titulo == "Atendimento #00042"
        assert ("Cliente", "Clara Dias · +5531977776666 · WhatsApp") in shown.fatos
        assert ("Aberto em", "02/03/2026 09:00") in shown.fatos
        assert ("Avaliação", "5/5") in shown.fatos
        assert [(one.dia, one.hora, one.quem, one.texto) for one in shown.linhas] == [
            ("02/03/2026", "09:00", "Balcão (automático)", "Olá!"),
            ("02/03/2026", "09:01", "Clara Dias (cliente)", "Oi"),
            ("02/03/2026", "09:02", "Davi Alves", "Bom dia"),
        ]

    def test_a_note_says_that_it_is_one(self) -> None:
        assert document(said(fala(1, "NOTA", "cuidado"))).linhas[0].quem == "NOTA interna de Davi Alves"

    def test_files_answers_edits_places_and_what_never_went_out(self) -> None:
        kept, lost = uuid4(), uuid4()
        place = {"latitude": -19.9, "longitude": -43.9, "nome": "Praça"}
        shown = document(
            said(
                fala(1, "CLIENTE", arquivo_id=kept, arquivo="conta.pdf", object_key="k", mime_type="application/pdf"),
                fala(2, "CLIENTE", arquivo_id=lost, mime_type="image/jpeg"),
                fala(3, "CONSULTOR", "Vi", responde_a=1, editada_em=WHEN + timedelta(minutes=9)),
                fala(4, "CLIENTE", tipo="LOCAL", detalhe=place | {"reacoes": {"CONSULTOR": "👍"}}),
                fala(5, "CONSULTOR", "ainda não", enviada=False),
            )
        )
        assert [one.beside for one in shown.linhas] == [
            ("arquivo: conta.pdf",),
            ("arquivo: imagem (não pôde ser guardado)",),
            ("em resposta a “conta.pdf”", "editada às 09:09"),
            ("Praça · -19.9, -43.9 · 👍",),
            ("não enviada ao cliente",),
        ]

    def test_an_open_one_without_consultor_or_name(self) -> None:
        facts = dict(
            document(said(customer=None, telefone=None, consultor=None, encerrado_em=None, avaliacao=None)).fatos
        )
        assert facts["Cliente"] == "Sem nome · WhatsApp"
        assert (facts["Consultor"], facts["Encerrado em"]) == ("ninguém", "ainda aberto")
        assert "Avaliação" not in facts


class TestOnPaper:
    def test_it_is_a_document_with_title_language_and_pages(self) -> None:
        shown = document(said(*(fala(n, "CLIENTE", "palavra " * 40) for n in range(60))))
        with pikepdf.open(io.BytesIO(draw_pdf(shown, "pt_BR"))) as pdf:
            assert len(pdf.pages) > 3
            assert str(pdf.docinfo["/Title"]) == "Atendimento #00042"
            assert str(pdf.Root["/Lang"]) == "pt-BR"

    def test_pictures_are_shown_small(self) -> None:
        foto = uuid4()
        transcricao = said(fala(1, "CLIENTE", "o poste", arquivo_id=foto, object_key="k", mime_type="image/jpeg"))
        small = thumbnail(photo())
        assert small is not None
        shown = document(transcricao, imagens={foto: small})
        with pikepdf.open(io.BytesIO(draw_pdf(shown, "pt_BR"))) as pdf:
            (picture,) = pdf.pages[0].get_images().values()
            assert (int(picture["/Width"]), int(picture["/Height"])) == (640, 480)

    @pytest.mark.parametrize("language", ["pt_BR", "en", "es"])
    def test_whatever_people_type_can_be_drawn(self, language: str) -> None:
        texts = ["", "😀👍🏽✅🇧🇷👨‍👩‍👧 1️⃣", "日本語 مرحبا עברית ไทย", "x" * 5000, "a\tb\r\n\x00\u200bc\u202e", "\n" * 50]
        shown = document(said(*(fala(n, "NOTA", text) for n, text in enumerate(texts)), customer="🙂 Clara 日"))
        assert draw_pdf(shown, language).startswith(b"%PDF")

    def test_a_very_long_one_ends_with_a_sign_that_there_is_more(self) -> None:
        shown = document(said(*(fala(n, "CLIENTE", "oi") for n in range(LINES + 5))))
        assert draw_pdf(shown, "pt_BR").startswith(b"%PDF")

    def test_an_emoji_the_font_has_not_is_named(self) -> None:
        assert readable("olá 👍 não ❤️", "pt", KNOWN) == "olá [polegar para cima] não ❤"
        assert readable("olá 👍", "es", KNOWN) == "olá [pulgar hacia arriba]"
        assert readable("olá 日", "pt", KNOWN) == "olá □"

    @pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0" + b"jpeg" * 100, b"%PDF-1.4"])
    def test_what_is_no_picture_is_not_shown(self, content: bytes) -> None:
        assert thumbnail(content) is None

    @pytest.mark.falha(326)
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "DDS"])
    def test_a_picture_that_is_broken_anywhere_is_shown_or_not_and_never_a_fault(self, kind: str) -> None:
        """Each of Pillow's readers raises its own."""
        content = io.BytesIO()
        Image.new("RGB", (24, 24), (3, 200, 7)).save(content, kind)
        sound = content.getvalue()
        for place in range(0, len(sound), max(1, len(sound) // 150)):
            for there in (b"\xff\xff\xff\xff", b"\0", b""):
                thumbnail(sound[:place] + there + (sound[place + len(there) :] if there else b""))

    def test_a_picture_that_would_fill_the_memory_is_not_unpacked(self) -> None:
        content = io.BytesIO()
        Image.new("1", (10_000, 8_000)).save(content, "PNG")
        assert thumbnail(content.getvalue()) is None


class TestAsASpreadsheet:
    def rows(self, transcricao: Transcricao) -> list[dict[str, str]]:
        use_language(SOURCE)
        content = transcript_csv(transcricao, ZONE)
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    def test_a_row_for_each_message(self) -> None:
        edited = WHEN + timedelta(minutes=3)
        rows = self.rows(said(fala(1, "CLIENTE", "Oi; tudo\nbem? 👍", editada_em=edited), fala(2, "NOTA", "cuidado")))
        assert rows[0] == {
            "protocolo": "#00042",
            "quando": "2026-03-02 09:01:00",
            "autor": "CLIENTE",
            "quem": "Clara Dias (cliente)",
            "tipo": "TEXTO",
            "texto": "Oi; tudo\nbem? 👍",
            "arquivo": "",
            "detalhe": "",
            "editada_em": "2026-03-02 09:03:00",
            "enviada": "sim",
        }
        assert (rows[1]["autor"], rows[1]["enviada"]) == ("NOTA", "nao")

    @pytest.mark.parametrize("text", ["=1+1", "+55", "-2", "@SOMA(A1)", "\t=1", '=HYPERLINK("http://x";"oi")'])
    def test_no_cell_becomes_a_formula(self, text: str) -> None:
        (row,) = self.rows(said(fala(1, "CLIENTE", text), customer=text))
        assert row["texto"] == f"'{text}"
        assert row["quem"].startswith("'")
