"""Bearer tokens: one algorithm, ours alone, for a while, for somebody who is still here."""

import base64
import json
import warnings
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.warnings import InsecureKeyLengthWarning

from core.pessoa.tokens import AUDIENCE, ISSUER, InvalidToken, Tokens
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from tests.support.service import RunningService

SECRET = "um-segredo-comprido-para-assinar-tokens-de-teste"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = UUID("00000000-0000-4000-8000-00000000000a")


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(SECRET)


def signed(secret: Any = SECRET, algorithm: str = "HS256", *, without: str = "", **changes: Any) -> str:
    """A token as ours, but for what `changes` says."""
    claims = {"sub": str(ANA), "iss": ISSUER, "aud": AUDIENCE, "exp": NOW + timedelta(hours=1)} | changes
    claims.pop(without, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InsecureKeyLengthWarning)
        return jwt.encode(claims, secret, algorithm)


def unsigned(**header: Any) -> str:
    """A token whose header says how it is (not) signed."""
    claims = {"sub": str(ANA), "iss": ISSUER, "aud": AUDIENCE, "exp": int(NOW.timestamp()) + 3600}
    return f"{_part(header)}.{_part(claims)}."


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class TestReading:
    def test_what_we_issued_we_read(self, tokens: Tokens) -> None:
        assert tokens.read(tokens.issue(ANA, NOW, timedelta(minutes=5)), NOW) == ANA
        assert tokens.read(signed(), NOW) == ANA, "the forgeries below differ from a good one in one thing only"

    def test_it_is_good_until_it_expires_and_not_a_second_longer(self, tokens: Tokens) -> None:
        token = tokens.issue(ANA, NOW, timedelta(minutes=5))
        assert tokens.read(token, NOW + timedelta(seconds=299)) == ANA
        with pytest.raises(InvalidToken, match="expired"):
            tokens.read(token, NOW + timedelta(seconds=300))

    @pytest.mark.falha(277)
    @pytest.mark.parametrize(
        "token",
        [
            pytest.param(signed("another-secret-that-is-just-as-long-as-ours"), id="another secret"),
            pytest.param(signed(algorithm="HS384"), id="HS384"),
            pytest.param(signed(algorithm="HS512"), id="HS512"),
            pytest.param(unsigned(alg="none"), id="none"),
            pytest.param(unsigned(alg="None"), id="None"),
            pytest.param(unsigned(typ="JWT"), id="no algorithm"),
            pytest.param(signed(iss="somebody"), id="another issuer"),
            pytest.param(signed(aud="another-api"), id="another audience"),
            pytest.param(signed(without="iss"), id="no issuer"),
            pytest.param(signed(without="aud"), id="no audience"),
            pytest.param(signed(without="exp"), id="for ever"),
            pytest.param(signed(without="sub"), id="of nobody"),
            pytest.param(signed(sub="ana"), id="of what is no id"),
            pytest.param(signed(exp="amanhã"), id="expires some day"),
            pytest.param(signed(exp=float("nan")), id="expires at NaN"),
            pytest.param(signed(nbf=NOW + timedelta(days=3650)), id="not yet"),
            pytest.param(signed()[:-2], id="cut short"),
            pytest.param(f"{signed()}.x", id="with more behind it"),
            pytest.param("", id="nothing"),
            pytest.param("..", id="dots"),
            pytest.param("ção.ção.ção", id="no ASCII"),
            pytest.param("\ud800", id="no text"),
        ],
    )
    def test_anything_else_is_refused(self, tokens: Tokens, token: str) -> None:
        with pytest.raises(InvalidToken):
            tokens.read(token, NOW)

    @pytest.mark.falha(277)
    def test_a_public_key_cannot_be_made_our_secret(self) -> None:
        """The classic swap: what one side takes for an RSA key, the other takes for an HMAC secret."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        with pytest.raises(InvalidToken):
            Tokens(public).read(signed(key, "RS256"), NOW)

    def test_a_claim_changed_after_signing_is_refused(self, tokens: Tokens) -> None:
        head, _, signature = signed().split(".")
        claims = {"sub": str(uuid4()), "iss": ISSUER, "aud": AUDIENCE, "exp": int(NOW.timestamp()) + 3600}
        with pytest.raises(InvalidToken):
            tokens.read(f"{head}.{_part(claims)}.{signature}", NOW)


class TestAtTheDoor:
    async def ask(self, service: RunningService, token: str | dict[str, str]) -> int:
        headers = token if isinstance(token, dict) else {"Authorization": token}
        async with service.http.get("/pool-bo", headers=headers) as response:
            assert response.status in (200, 401, 403)
            assert ("WWW-Authenticate" in response.headers) is (response.status == 401)
            return response.status

    async def test_the_token_opens_however_the_scheme_is_written(self, sqlite_service: RunningService) -> None:
        token = sqlite_service.token(await sqlite_service.administrador())["Authorization"].split()[1]
        for scheme in ("Bearer", "bearer", "BEARER"):
            assert await self.ask(sqlite_service, f"{scheme} {token}") == 200
        for wrong in (token, f"Basic {token}", f"Token {token}", "Bearer", "Bearer ", f"Bearer {token}x"):
            assert await self.ask(sqlite_service, wrong) == 401, wrong

    @pytest.mark.falha(277)
    async def test_a_forged_one_does_not(self, sqlite_service: RunningService) -> None:
        usuario_id = await sqlite_service.administrador()
        claims: dict[str, Any] = {"sub": str(usuario_id), "exp": datetime(2100, 1, 1, tzinfo=UTC)}
        assert sqlite_service.settings.jwt_secret.get_secret_value() == SECRET
        assert await self.ask(sqlite_service, f"Bearer {signed(**claims)}") == 200, "it is good but for one thing"
        forged = [signed(algorithm="HS512", **claims), signed("x" * 48, **claims), signed(aud="?", **claims), "\xff"]
        for token in (*forged, unsigned(alg="none")):
            assert await self.ask(sqlite_service, f"Bearer {token}") == 401

    @pytest.mark.falha(277)
    async def test_one_that_has_expired_does_not(self, sqlite_service: RunningService) -> None:
        headers = sqlite_service.token(await sqlite_service.administrador(), hours=1)
        assert await self.ask(sqlite_service, headers) == 200
        sqlite_service.clock.move(hours=1, seconds=1)
        assert await self.ask(sqlite_service, headers) == 401

    async def test_whoever_is_disabled_is_out_at_once_and_back_when_enabled(
        self, sqlite_service: RunningService
    ) -> None:
        usuario_id = await sqlite_service.administrador()
        headers = sqlite_service.token(usuario_id)
        for active, status in ((False, 401), (True, 200)):
            await self.change(sqlite_service, usuario_id, status_ativo=active)
            assert await self.ask(sqlite_service, headers) == status

    async def test_the_perfil_is_the_one_of_now_and_not_of_the_token(self, sqlite_service: RunningService) -> None:
        usuario_id = await sqlite_service.administrador()
        headers = sqlite_service.token(usuario_id)
        await self.change(sqlite_service, usuario_id, perfil_usuario=Perfil.VENDEDOR)
        assert await self.ask(sqlite_service, headers) == 403

    async def test_the_token_of_somebody_who_is_not_there_does_not_open(self, sqlite_service: RunningService) -> None:
        assert await self.ask(sqlite_service, sqlite_service.token(uuid4())) == 401

    async def change(self, service: RunningService, usuario_id: UUID, **values: Any) -> None:
        await service.wiring.turns.run(lambda tx: change_usuario(tx, usuario_id, **values))
