"""How a call to the outside can end badly. A sender raises one of these; the courier knows what to do."""

# Codes of our own, for a file that does not go out.
NO_OBJECT = "no_object"
TOO_LARGE = "too_large"
NOT_TAKEN = "not_taken"


class DeliveryError(Exception):
    """`code` is the provider's own, short and free of anything personal: it becomes a metric's label."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class Again(DeliveryError):
    """It may work the next time, or nobody knows whether it worked: network, time-out, 5xx."""


class Throttled(DeliveryError):
    """Too fast: the provider says when to come back, in seconds."""

    def __init__(self, reason: str, code: str, seconds: float) -> None:
        super().__init__(reason, code)
        self.seconds = seconds


class Refused(DeliveryError):
    """It will never work as it is."""


class Unreachable(DeliveryError):
    """The person blocked us or left the channel: nothing more is sent until they write again."""
