"""One line of the table at the end."""

from dataclasses import dataclass, field


@dataclass
class Count:
    """How many, of how many, and the story of each that should not be."""

    name: str
    of: int = 0
    stories: list[str] = field(default_factory=list)
    # Counted, and allowed.
    allowed: bool = False

    @property
    def failed(self) -> bool:
        return bool(self.stories) and not self.allowed
