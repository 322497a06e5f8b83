"""How a check says what it found, when that is not that all is well."""


class NotInUse(Exception):
    """Nothing to check here, and nothing wrong with that; the text says why."""


class Unfit(Exception):
    """It answers, but it will not do; the text says why and what to do."""


class Beware(str):
    """What a check says of a thing that does, and that somebody should still look after."""
