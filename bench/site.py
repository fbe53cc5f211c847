"""Measures the public pages: bytes of a first visit, first paint on a slow network, CPU a page.

`python -m bench.site` prints a table in Markdown. The network is Chromium's own emulation of a
slow 3G: 400 kbit/s each way and 400 ms for each request (WebPageTest's "3G Slow"), nothing cached.
"""

import argparse
import http.client
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from bench import processes
from safecall.website.catalogues import offered
from tests.support.browser import chromium
from tests.support.service import Service
from tests.website.scenes import DEPARTMENT, POLICY

PAGES: Final = ("", "policy", "report", "receipt", "i-speak", "help", "accountability", "feedback")
SLOW: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
PAINTED: Final = """() => new Promise(resolve => {
  new PerformanceObserver(list => {
    const one = list.getEntriesByName('first-contentful-paint')[0];
    if (one) resolve(one.startTime);
  }).observe({type: 'paint', buffered: true});
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: bytes over the wire without and with fonts, and the first paint in ms."""

    wire: int
    fonts: int
    paint: float


def visit(browser: Browser, url: str) -> Visit:
    """Open the page as somebody who was never here, on the slow network."""
    received: dict[str, int] = {}
    kinds: dict[str, str] = {}

    def response(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        received[event["requestId"]] = int(event["encodedDataLength"])

    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.send("Network.emulateNetworkConditions", SLOW)
        session.on("Network.responseReceived", response)
        session.on("Network.loadingFinished", finished)
        page.goto(url, wait_until="networkidle")
        paint = float(page.evaluate(PAINTED))
    fonts = sum(size for one, size in received.items() if kinds.get(one) == "Font")
    return Visit(sum(received.values()) - fonts, fonts, paint)


def cpu_ms(service: Service, address: str, count: int) -> float:
    """CPU of the serving process for one page, as gzip asks for it: user and system, in ms."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port)

    def fetch() -> None:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()

    for _ in range(20):
        fetch()
    before = processes.cpu_seconds(service.pid)
    for _ in range(count):
        fetch()
    return (processes.cpu_seconds(service.pid) - before) / count * 1000


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="visits a page (default 5)")
    parser.add_argument("--requests", type=int, default=200, help="for CPU, a page (default 200)")
    parser.add_argument("--lang", action="append", help="a language (default en and all scripts)")
    options = parser.parse_args()
    chosen = options.lang or [
        one for one in ("en", "ar", "am", "zh-hans", "zh-hant", "ko") if one in dict(offered())
    ]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        service = Service(Path(folder)).start()
        try:
            service.python(DEPARTMENT)
            service.python(POLICY)
            service.command("referrals", "start")
            print("| page | first visit, bytes | fonts, bytes | first paint, ms | CPU, ms |")
            print("| --- | --- | --- | --- | --- |")
            for lang in chosen:
                for name in PAGES if lang == "en" else PAGES[:1]:
                    address = f"/{lang}/{name}"
                    visits = [visit(browser, service.url + address) for _ in range(options.rounds)]
                    paint = statistics.median(one.paint for one in visits)
                    wire, fonts = max(one.wire for one in visits), max(one.fonts for one in visits)
                    cpu = cpu_ms(service, address, options.requests)
                    print(f"| {address} | {wire:,} | {fonts:,} | {paint:.0f} | {cpu:.1f} |")
        finally:
            service.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
