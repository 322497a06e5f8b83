"""Portal passwords at rest."""

from uuid import UUID

import pytest
from cryptography.fernet import Fernet

from storage.secrets import SecretBox, SecretUnreadable, key_id

NEW, OLD = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ANA = ("usuarios", "senha_pap", UUID(int=1))
BIA = ("usuarios", "senha_pap", UUID(int=2))


def test_sealed_password_opens_in_its_row_and_shows_nothing() -> None:
    box = SecretBox([NEW])
    token = box.seal("Portal#2026 çã", *ANA)
    assert box.open(token, *ANA) == "Portal#2026 çã"
    assert "Portal" not in token
    assert box.seal("Portal#2026 çã", *ANA) != token


@pytest.mark.falha(279)
@pytest.mark.parametrize(
    "place", [BIA, ("usuarios", "senha_papel", ANA[2]), ("usuarios",), ("usuariossenha_pap", ANA[2])]
)
def test_password_copied_to_another_row_does_not_open(place: tuple[str, ...]) -> None:
    box = SecretBox([NEW])
    with pytest.raises(SecretUnreadable, match="not a secret of this row") as caught:
        box.open(box.seal("senha", *ANA), *place)
    assert caught.value.__cause__ is None


def test_sealing_for_no_row_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        SecretBox([NEW]).seal("senha")


@pytest.mark.falha(279)
def test_old_key_still_opens_and_rotation_moves_to_the_newest() -> None:
    old = SecretBox([OLD]).seal("senha", *ANA)
    box = SecretBox([NEW, OLD])
    assert box.open(old, *ANA) == "senha"
    assert box.is_old(old)
    new = box.rotate(old, *ANA)
    assert not box.is_old(new)
    assert box.rotate(new, *ANA) == new
    assert SecretBox([NEW]).open(new, *ANA) == "senha"


def test_key_that_is_gone_is_named_by_its_id() -> None:
    token = SecretBox([OLD]).seal("senha", *ANA)
    with pytest.raises(SecretUnreadable, match=f"key {key_id(token)}, which is not in SECRET_KEYS"):
        SecretBox([NEW]).open(token, *ANA)


def test_rotation_does_not_move_a_secret_to_another_row() -> None:
    token = SecretBox([OLD]).seal("senha", *ANA)
    with pytest.raises(SecretUnreadable):
        SecretBox([NEW, OLD]).rotate(token, *BIA)


def test_changed_bit_is_noticed() -> None:
    box = SecretBox([NEW])
    token = box.seal("senha", *ANA)
    for place in (-2, -10, len("v1.01234567.") + 2):
        changed = "A" if token[place] != "A" else "B"
        damaged = token[:place] + changed + token[place:][1:]
        with pytest.raises(SecretUnreadable):
            box.open(damaged, *ANA)


@pytest.mark.parametrize("text", ["", "senha em claro", "v1", "v1..", "v1.abc", "v2.abc.def", "gAAAAAB."])
def test_what_was_never_sealed_is_unreadable(text: str) -> None:
    with pytest.raises(SecretUnreadable, match="not a sealed secret"):
        SecretBox([NEW]).open(text, *ANA)


def test_too_short_or_not_base64_is_unreadable() -> None:
    box = SecretBox([NEW])
    for data in ("AAAA", "não é base64"):
        with pytest.raises(SecretUnreadable, match="damaged"):
            box.open(f"v1.{box.newest_key_id}.{data}", *ANA)


@pytest.mark.parametrize("keys", [[], ["curta"], [NEW, "AAAA"], ["*" * 44]])
def test_no_key_or_one_that_is_none_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="key"):
        SecretBox(keys)
