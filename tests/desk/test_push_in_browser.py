"""Web push in Chromium: subscribing, a ring that arrives sealed, and the notice of the worker.

The browser maker's service is replaced by a server of this machine: the page's own script
subscribes by a stand-in for `PushManager.subscribe`, whose keys the test holds.
"""

import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.conftest import PASSWORD, sign_in
from tests.interpreting.push_browser import Private, decrypt, made
from tests.support.browser import faults
from tests.support.service import Service

PEOPLE = f"""
from safecall.contacts.models import Agency, AnsweringPoint
from safecall.interpreting.actions import *
from safecall.people.models import User
agency = Agency.objects.create(code="test-pd", name="Test Police Department")
AnsweringPoint.objects.create(code="test-911", name="Test County 911", agency=agency)
user = User.objects.create_user("hodan", "{PASSWORD}", role="interpreter", display_name="Hodan")
keep_interpreter(InterpreterData("hodan", "Hodan Invented", (SkillData("so"),), user=user,
                                 hours="always"))
"""
RING = """
from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint
from safecall.interpreting.actions import request_interpreter
point = AnsweringPoint.objects.get()
opened = open_contact(Actor.system("telephone"), ContactOpening("911", point, language="so"))
request_interpreter(Actor.service(), opened.contact)
"""
#: The notices that the worker shows, waited for a few seconds.
NOTICES = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 50; tries += 1) {
    const notices = await registration.getNotifications();
    if (notices.length > 0) {
      return notices.map(({ title, body, tag }) => [title, body, tag]);
    }
    await new Promise((go) => setTimeout(go, 100));
  }
  return [];
}"""
# Stands in for the browser maker's service, which no test may call.
STAND_IN = """
(browser) => {
  let current = null;
  const made = {
    endpoint: browser.endpoint,
    toJSON: () => ({
      endpoint: browser.endpoint,
      keys: { p256dh: browser.p256dh, auth: browser.auth },
    }),
    unsubscribe: async () => { current = null; return true; },
  };
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async (wanted) => {
    window.wanted = { visible: wanted.userVisibleOnly, bytes: wanted.applicationServerKey.length };
    current = made;
    return made;
  };
}
"""


@pytest.fixture(scope="module")
def push_service() -> Iterator[tuple[str, "queue.Queue[bytes]"]]:
    """A push service of this machine: where it takes messages, and those that came."""
    came: queue.Queue[bytes] = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/push/1", came
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(
        tmp_path_factory.mktemp("push"), settings={"SAFECALL_WEB_PUSH_SERVICES": "127.0.0.1"}
    )
    try:
        running.start()
        running.python(PEOPLE)
        yield running
    finally:
        running.kill()


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US") as context:
        context.grant_permissions(["notifications"])
        yield context.new_page()


def test_a_ring_comes_while_the_page_is_closed(
    telephone: Page, service: Service, push_service: tuple[str, "queue.Queue[bytes]"]
) -> None:
    endpoint, came = push_service
    browser, private = made(endpoint)
    told = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    telephone.add_init_script(f"({STAND_IN})({json.dumps(told)})")
    sign_in(telephone, service, "hodan", to="/interpreter/")
    on = telephone.get_by_role("button", name="Ring on this device while the page is closed")
    off = telephone.get_by_role("button", name="Stop ringing while the page is closed")
    on.click()
    expect(telephone.locator("#told")).to_contain_text("Rings now come to this device")
    assert telephone.evaluate("window.wanted") == {"visible": True, "bytes": 65}
    expect(off).to_be_visible()
    assert faults(telephone) == []
    service.python(RING)
    message = read(came, private, browser.auth)
    assert message["language"] == "Somali"
    assert str(message["ring"]).startswith("ring-")
    assert set(message) == {"language", "ring"}
    notices = shown_by_the_worker(telephone, service.url, json.dumps(message))
    assert notices == [["Interpreter needed: Somali", "Tap to see.", message["ring"]]]
    off.click()
    expect(telephone.locator("#told")).to_contain_text("Rings no longer come")
    expect(on).to_be_visible()


def read(came: "queue.Queue[bytes]", private: Private, auth: str) -> dict[str, object]:
    """The next message, as the browser reads it."""
    found: dict[str, object] = json.loads(decrypt(came.get(timeout=60), private, auth))
    return found


def shown_by_the_worker(page: Page, origin: str, message: str) -> list[list[str]]:
    """The notices that the page's service worker shows for this message."""
    tools = page.context.new_cdp_session(page)
    registrations: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(one["registrationId"] for one in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # On a busy machine the tools tell of the worker late, and lose a message at times; a push
    # service would send it again.
    for _ in range(10):
        if registrations:
            sent = {"origin": origin, "registrationId": registrations[0], "data": message}
            tools.send("ServiceWorker.deliverPushMessage", sent)
        shown: list[list[str]] = page.evaluate(NOTICES)
        if shown:
            return shown
    return []
