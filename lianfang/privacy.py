"""The vault: encrypts what must be read again and indexes what must be found again, with keys that rotate.

`LIANFANG_SECRET_KEYS` are Fernet keys, newest first; `LIANFANG_INDEX_KEYS` are `id:secret` pairs, newest first.
An index value carries the id of its key, so that values made with an older key stay findable.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(Exception):
    """A stored value that none of the configured keys opens."""


class Vault:
    """Encrypts with the newest key, decrypts with any, and computes keyed indexes."""

    def __init__(self, secret_keys: Sequence[str], index_keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in secret_keys])
        pairs = [key.partition(":") for key in index_keys]
        self._index_keys = [(key_id, secret.encode()) for key_id, _, secret in pairs]

    def encrypt(self, text: str) -> bytes:
        return self.encrypt_bytes(text.encode("utf-8", "surrogatepass"))

    def decrypt(self, token: bytes) -> str:
        return self.decrypt_bytes(token).decode("utf-8", "surrogatepass")

    def encrypt_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def decrypt_bytes(self, token: bytes) -> bytes:
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise Unreadable("no configured LIANFANG_SECRET_KEYS opens this value") from error

    def encrypt_json(self, value: Any) -> bytes:
        return self.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def decrypt_json(self, token: bytes) -> Any:
        return json.loads(self.decrypt(token))

    def index(self, *parts: str) -> str:
        """`<key id>:<hmac>` over the parts with the newest key: the value to store."""
        return self._digest(self._index_keys[0], parts)

    def indexes(self, *parts: str) -> list[str]:
        """The same value under every configured key: what to look for."""
        return [self._digest(pair, parts) for pair in self._index_keys]

    @staticmethod
    def _digest(pair: tuple[str, bytes], parts: tuple[str, ...]) -> str:
        key_id, secret = pair
        message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return f"{key_id}:{hmac.new(secret, message, hashlib.sha256).hexdigest()}"
