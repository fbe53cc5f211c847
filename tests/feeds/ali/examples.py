"""Invented records in the format of the example template."""

from safecall.feeds.ali import template_file

EXAMPLE = template_file.load("example")
STX, ETX = b"\x02", b"\x03"

# Lines of a fixed width without a break, a check byte, no start: everything the example has not.
WIDE = template_file.parse(
    """
    name = "wide"
    title = "Lines of 20 characters, check byte"
    encoding = "cp437"
    [frame]
    end = "0D 0A"
    check = "xor"
    [lines]
    width = 20
    [fields]
    number = { line = 1, from = 1, to = 10 }
    street = { line = 2, from = 1, to = 20 }
    [read]
    callback = ["number"]
    place = [["street"]]
    [call]
    same = ["number"]
    seconds = 60
    """,
    "wide.toml",
)


def text(
    number: str = "555-0142",
    house: str = "211",
    lat: float = 46.7867,
    lon: float = -92.1005,
    kind: str = "WPH2",
    clock: str = "10:12 11/28",
) -> bytes:
    """A record without its frame."""
    lines = [
        "012",
        f"(218) {number:<8} {kind:<4} {clock}",
        "INVENTED, PERSON",
        f"{house:<10} W",
        "2ND ST",
        f"{'DULUTH':<24} MN",
        "APT 4",
        f"LAT {lat:+010.6f} LON {lon:+011.6f}",
        "COF 00065 COP 90",
    ]
    return "\r".join(lines).encode()


def record(**changed: object) -> bytes:
    """A record with its frame."""
    return STX + text(**changed) + ETX  # type: ignore[arg-type]
