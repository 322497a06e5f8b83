"""Graph API error bodies (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes)."""

from typing import Any

TITLES: dict[int, tuple[int, str]] = {
    4: (400, "Application request limit reached"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    80007: (400, "Rate limit issues"),
    130429: (429, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Account has been locked"),
    131047: (400, "Re-engagement message"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
}
DETAILS = {
    131026: "Message Undeliverable.",
    131047: "Message failed to send because more than 24 hours have passed since the customer last "
    "replied to this number.",
    131056: "Message failed to send because there were too many messages sent from this phone number to the "
    "same phone number in a short period of time.",
    130429: "Message failed to send because there were too many messages sent from this phone number in a "
    "short period of time.",
}


class GraphError(Exception):
    """A refusal: error code, details, and an HTTP status where it differs from the code's own."""

    def __init__(self, code: int, details: str = "", *, status: int = 0, title: str = "") -> None:
        own_status, own_title = TITLES.get(code, (400, "Unknown error"))
        self.code = code
        self.title = title or own_title
        self.details = details or DETAILS.get(code, "")
        self.status = status or own_status
        super().__init__(f"{code}: {self.details or self.title}")

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        plain = self.code == 190
        error: dict[str, Any] = {
            "message": self.title if plain else f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
        }
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        return {"error": error | {"fbtrace_id": "AjL7sandboxTrace0000000"}}

    def as_status(self) -> dict[str, Any]:
        """The same refusal inside a `failed` status."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details or self.title},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }


def missing(name: str) -> GraphError:
    """100: a parameter that every call needs is not there."""
    return GraphError(100, title=f"The parameter {name} is required.")


def unknown_object(name: str) -> dict[str, Any]:
    """The Graph API's answer for a node that does not exist."""
    message = (
        f"Unsupported get request. Object with ID '{name}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation."
    )
    error = {"message": message, "type": "GraphMethodException", "code": 100, "error_subcode": 33}
    return {"error": error | {"fbtrace_id": "AjL7sandboxTrace0000000"}}
