"""QR codes as a path of an SVG that stands in the page itself: no address ever holds what they say."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Qr:
    """`lado`: of its square, with the quiet zone that readers need; `caminho`: its dark modules, as a path."""

    lado: int
    caminho: str


def qr_of(text: str) -> Qr:
    """The QR code of this text."""
    # Here, because it costs start-up time and memory that most processes never need.
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    image: Any = code.to_image(scale=1)
    modules = memoryview(image)
    height, width = image.shape
    dark = [(x, y) for y in range(height) for x in range(width) if modules[y, x] == 0]
    return Qr(width, "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
