"""Bearer tokens of people: signed, short-lived, and of one algorithm only."""

from datetime import datetime, timedelta
from uuid import UUID

import jwt

ALGORITHM = "HS256"
ISSUER = "balcao"
AUDIENCE = "balcao-api"


class InvalidToken(Exception):
    """The token is not ours, was changed, or has expired."""


class ExpiredToken(InvalidToken):
    """It was ours, and good until a while ago: no guess of anybody."""


class Tokens:
    """Issues and reads Bearer tokens with the secret of `JWT_SECRET`."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def issue(self, usuario_id: UUID, now: datetime, life: timedelta) -> str:
        """A token for this person that expires `life` after `now`."""
        claims = {"sub": str(usuario_id), "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + life}
        return jwt.encode(claims, self._secret, ALGORITHM)

    def read(self, token: str, now: datetime) -> UUID:
        """Whose token this is. Raises `InvalidToken`."""
        return self.read_until(token, now)[0]

    def read_until(self, token: str, now: datetime) -> tuple[UUID, float]:
        """Whose token this is, and when it expires, in seconds since 1970. Raises `InvalidToken`."""
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
            expires = float(claims["exp"])
            usuario_id = UUID(claims["sub"])
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise InvalidToken(str(error)) from None
        # Not `<=`: NaN is JSON to Python, and is neither.
        if not expires > now.timestamp():
            raise ExpiredToken("expired")
        return usuario_id, expires
