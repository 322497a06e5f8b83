"""`balcao` and `python -m bot`."""

from bot.commands.cli import app
from bot.runtime.process import prepare


def main() -> None:
    prepare()
    app()


if __name__ == "__main__":
    main()
