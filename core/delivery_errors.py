"""How a call to the outside can end badly. A sender raises one of these; the courier knows what to do."""

# Codes of our own, for a file that does not go out.
NO_OBJECT = "no_object"
TOO_LARGE = "too_large"
NOT_TAKEN = "not_taken"
# It was kept, and is kept no longer.
LOST = "lost"
# Nobody waits for it any more.
TOO_OLD = "too_old"
# It is not there yet, or its store is away: what stands behind it goes on, and it comes by itself.
LATE = "late"


# WhatsApp's codes of a fault of the account: token, permission, policy, payment, registration, maintenance
# (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes). They come as answers and as reports of failure.
ACCOUNT_CODES = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 131057, 133010})
# And of what passes: too fast for this person, or for all; trouble of its own.
PAIR_LIMIT = 131056
TOO_FAST_CODES = frozenset({4, 80007, 130429, 131048})
PASSING_CODES = frozenset({1, 2, 131000, 131016, 133004})
# The file is another than it says, or was not taken as what it is: as a plain document it may be.
MEDIA_CODE = 131053


# So often our own object store is asked whether it is back.
STORE_AWAY_SECONDS = 15.0


class DeliveryError(Exception):
    """`code` is the provider's own, short and free of anything personal: it becomes a metric's label."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class Again(DeliveryError):
    """It may work the next time, or nobody knows whether it worked: network, time-out, 5xx."""


class AccountFault(Again):
    """Our account with the provider, or its token, is at fault: no message is, and each arrives once that is mended."""


class Throttled(DeliveryError):
    """Too fast: the provider says when to come back, in seconds."""

    def __init__(self, reason: str, code: str, seconds: float) -> None:
        super().__init__(reason, code)
        self.seconds = seconds


class StoreAway(Throttled):
    """Our own object store does not answer: no try at whatever needs it, which comes back until it does."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "objects", STORE_AWAY_SECONDS)


class Refused(DeliveryError):
    """It will never work as it is."""


class Unreachable(DeliveryError):
    """The person blocked us or left the channel: nothing more is sent until they write again."""
