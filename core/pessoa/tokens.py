"""Bearer tokens of people: signed, short-lived, and of one algorithm only."""

from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt

ALGORITHM = "HS256"
ISSUER = "balcao"
AUDIENCE = "balcao-api"
# So many tokens whose signature was good are not looked at again.
KNOWN = 10_000


class InvalidToken(Exception):
    """The token is not ours, was changed, or has expired."""


class ExpiredToken(InvalidToken):
    """It was ours, and good until a while ago: no guess of anybody."""


class Tokens:
    """Issues and reads Bearer tokens with the secret of `JWT_SECRET`."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        # An app says every 30 s that it is there, and its token is the same for hours. What is wrong is not kept.
        self._known = lru_cache(KNOWN)(self._checked)

    def issue(self, usuario_id: UUID, now: datetime, life: timedelta) -> str:
        """A token for this person that expires `life` after `now`."""
        claims = {"sub": str(usuario_id), "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + life}
        return jwt.encode(claims, self._secret, ALGORITHM)

    def read(self, token: str, now: datetime) -> UUID:
        """Whose token this is. Raises `InvalidToken`."""
        return self.read_until(token, now)[0]

    def read_until(self, token: str, now: datetime) -> tuple[UUID, float]:
        """Whose token this is, and when it expires, in seconds since 1970. Raises `InvalidToken`."""
        usuario_id, expires = self._known(token)
        # Not `<=`: NaN is JSON to Python, and is neither.
        if not expires > now.timestamp():
            raise ExpiredToken("expired")
        return usuario_id, expires

    def _checked(self, token: str) -> tuple[UUID, float]:
        """Whose token this is, when it was good: its signature is looked at, and not its time."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                # The time is the service's, which tests and the sandbox move.
                options={"require": ["exp", "sub", "iss", "aud"], "verify_exp": False, "verify_iat": False},
            )
            return UUID(claims["sub"]), float(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise InvalidToken(str(error)) from None
