"""`balcao` and `python -m bot`."""

from bot.cli import app


def main() -> None:
    app()


if __name__ == "__main__":
    main()
