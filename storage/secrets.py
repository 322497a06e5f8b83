"""Portal passwords at rest: encrypted with the newest of SECRET_KEYS, bound to the row they belong to.

A sealed secret reads `v1.KEYID.DATA`: which key, then nonce and ciphertext of AES-256-GCM in urlsafe base64.
The row is authenticated with it, so a value copied to another row (or another column) does not open there.
Plain Fernet has no room for that; the keys are Fernet keys, from which ours are derived.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = "v1"
KEY_ID_AT, KEY_ID_LONG = len(VERSION) + 2, 8
"""Where a sealed text names its key, as SQL counts letters."""
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: the length for which GCM is meant


class SecretUnreadable(Exception):
    """Damaged, of another row, or sealed with a key SECRET_KEYS no longer has. Never tells the secret."""


class SecretBox:
    """Seals with the first key, opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys`: Fernet keys (urlsafe base64 of 32 bytes), newest first. ValueError when there is none."""
        ciphers = [_derive(key) for key in keys]
        if not ciphers:
            raise ValueError("SecretBox needs at least one key")
        self._ciphers = dict(ciphers)
        self.newest_key_id = ciphers[0][0]
        self.key_ids = frozenset(self._ciphers)

    def seal(self, plain: str, *row: str | int | UUID) -> str:
        """Encrypt for one place, and only there: `seal(senha, "usuarios", "senha_pap", usuario.id)`."""
        nonce = os.urandom(NONCE_BYTES)
        data = nonce + self._ciphers[self.newest_key_id].encrypt(nonce, plain.encode(), _bound_to(row))
        return f"{VERSION}.{self.newest_key_id}.{base64.urlsafe_b64encode(data).decode()}"

    def open(self, token: str, *row: str | int | UUID) -> str:
        """The secret in clear. SecretUnreadable when it cannot be, or is not this row's."""
        cipher = self._ciphers.get(key_id(token))
        if cipher is None:
            raise SecretUnreadable(f"sealed with key {key_id(token)}, which is not in SECRET_KEYS")
        try:
            data = base64.b64decode(token.rsplit(".", 1)[1], altchars=b"-_", validate=True)
            return cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _bound_to(row)).decode()
        except (InvalidTag, ValueError):
            raise SecretUnreadable("damaged, or not a secret of this row") from None

    def rotate(self, token: str, *row: str | int | UUID) -> str:
        """The same secret under the newest key; one that is there already stays. Raises as `open` does."""
        plain = self.open(token, *row)
        return self.seal(plain, *row) if self.is_old(token) else token

    def is_old(self, token: str) -> bool:
        """Whether another key than the newest sealed it. SecretUnreadable for what was never sealed."""
        return key_id(token) != self.newest_key_id


def _bound_to(row: tuple[str | int | UUID, ...]) -> bytes:
    """The parts with a separator no name holds, so that ("a", "bc") and ("ab", "c") differ."""
    if not row:
        raise TypeError("a secret is sealed for a row")
    return "\x1f".join(map(str, row)).encode()


def key_id(token: str) -> str:
    """The id of the key that sealed it: eight hex digits, nothing about the key itself."""
    version, _, rest = token.partition(".")
    name, _, data = rest.partition(".")
    if version != VERSION or not (name and data):
        raise SecretUnreadable("not a sealed secret")
    return name


def _derive(key: str) -> tuple[str, AESGCM]:
    """(key id, cipher) from one Fernet key, by HKDF (RFC 5869)."""
    try:
        material = base64.b64decode(key, altchars=b"-_", validate=True)
    except binascii.Error:
        material = b""
    if len(material) != 32:
        raise ValueError("a key is urlsafe base64 of 32 bytes")
    derived = HKDF(algorithm=SHA256(), length=36, salt=None, info=b"balcao secrets v1").derive(material)
    return derived[32:].hex(), AESGCM(derived[:32])
