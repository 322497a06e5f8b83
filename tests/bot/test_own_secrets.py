"""The secrets that `balcao up` makes for itself."""

import stat
from pathlib import Path

import pytest

from bot.settings import (
    SettingsError,
    find_data_dir,
    generate_missing_secrets,
    load_settings,
)
from tests.support.commands import UseEnvironment


@pytest.mark.falha(135)
def test_the_secrets_that_up_makes_are_strong_enough(use_environment: UseEnvironment, tmp_path: Path) -> None:
    generate_missing_secrets(find_data_dir())
    assert load_settings("up").jwt_secret


def test_up_makes_its_secrets_once_for_its_owner_only(use_environment: UseEnvironment, tmp_path: Path) -> None:
    use_environment({"DATA_DIR": "dados"})
    with pytest.raises(SettingsError):
        load_settings("up")
    data_dir = find_data_dir()
    assert data_dir == tmp_path / "dados"
    assert len(generate_missing_secrets(data_dir)) == 5
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((data_dir / "secrets.env").stat().st_mode) == 0o600
    assert [path.name for path in data_dir.iterdir()] == ["secrets.env"]

    first = load_settings("up")
    assert generate_missing_secrets(data_dir) == []
    assert load_settings("up") == first
    assert load_settings("cli").jwt_secret == first.jwt_secret
    assert first.callback_key


def test_environment_is_stronger_than_made_secrets_and_is_not_copied(
    use_environment: UseEnvironment, tmp_path: Path
) -> None:
    use_environment({"JWT_SECRET": "do ambiente, e comprido o bastante"})
    (tmp_path / ".env").write_text("AUTHENTICATION_API_KEY=chave-do-arquivo\nSECRET_KEYS=\n")
    made = generate_missing_secrets(tmp_path / ".balcao")
    assert made == ["TELEGRAM_WEBHOOK_SECRET", "SECRET_KEYS", "RPA_CALLBACK_SECRET"]
    settings = load_settings("up")
    assert settings.jwt_secret.get_secret_value() == "do ambiente, e comprido o bastante"
    assert settings.api_keys == ("chave-do-arquivo",)
    assert settings.fernet_keys


def test_made_secrets_survive_a_file_that_lost_a_line(use_environment: UseEnvironment, tmp_path: Path) -> None:
    generate_missing_secrets(tmp_path)
    path = tmp_path / "secrets.env"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("JWT_SECRET")))
    assert generate_missing_secrets(tmp_path) == ["JWT_SECRET"]
    kept = path.read_text().splitlines()
    assert [line for line in lines if not line.startswith("JWT_SECRET")] == kept[:-1]
