"""From a SIP message to what it tells of a call."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from safecall.feeds.sip import additional, bodies, callback, languages, message, place
from safecall.feeds.sip.message import Message
from safecall.feeds.wire.calls import LONGEST_NOTE, Call, HungUp, Malformed

# RFC 5031 and NENA-STA-010's names for the same; `test.sos` is RFC 6881's test call.
_SERVICE = re.compile(r"urn:(?:nena:|emergency:)?service:(test\.)?sos\b", re.IGNORECASE)
_911 = re.compile(r"(?:sips?|tel):\+?1?911(?:[@;].*)?", re.IGNORECASE)
_LONGEST_KEY: Final = 600


@dataclass(frozen=True, slots=True)
class Read:
    """`news` is None where the message opens and ends nothing; `what` is then why.

    `what` and `defects` are fixed phrases that are counted. `same` is the branch of the
    transaction, by which a CANCEL names the INVITE that it ends (RFC 3261 section 9.1).
    """

    what: str
    news: Call | HungUp | None = None
    same: str = ""
    defects: tuple[str, ...] = ()


def read(data: bytes, received_at: datetime, channel: str = "911") -> Read:
    """What a message tells. `channel` is that of calls which do not say that they are for 911.

    Raises `Malformed`, and nothing else, whatever the bytes are.
    """
    sent = message.parse(data)
    if sent is None:
        return Read("not a request")
    if sent.method == "CANCEL":
        return _cancel(sent)
    if sent.method != "INVITE":
        return Read("another kind of request")
    key = _key(sent)
    if message.address(sent.first("to")).params.get("tag"):
        return Read("within a call")
    called = _called(sent, channel)
    if not called:
        return Read("test call")
    return _invite(sent, key, called, received_at)


def _key(sent: Message) -> str:
    """Call-ID and From tag: they stay when a call is sent again, passed on, or authenticated."""
    call_id = sent.first("call-id")
    tag = message.address(sent.first("from")).params.get("tag", "")
    if not call_id or len(call_id) + len(tag) > _LONGEST_KEY:
        raise Malformed("no usable Call-ID")
    if sent.first("cseq").split()[1:] != [sent.method]:
        raise Malformed("CSeq is of another method")
    return f"{call_id}\n{tag}"


def _branch(sent: Message) -> str:
    top = next(iter(sent.all("via")), "")
    return message.address(top).params.get("branch", "")


def _cancel(sent: Message) -> Read:
    """The caller hung up, unless it says that somebody else has answered (RFC 3326)."""
    key = _key(sent)
    reason = sent.first("reason").replace(" ", "").lower()
    if "sip;cause=200" in reason:
        return Read("answered elsewhere")
    return Read("hung up", HungUp(key), _branch(sent))


def _called(sent: Message, channel: str) -> str:
    """The channel of the call; "" for a test call."""
    named = [*sent.all("to"), *sent.all("route"), *sent.all("history-info")]
    uris = [sent.uri, *(message.address(one).uri for one in named)]
    services = [found for uri in uris if (found := _SERVICE.match(uri))]
    if any(found[1] for found in services):
        return ""
    return "911" if services or any(_911.fullmatch(uri) for uri in uris) else channel


def _invite(sent: Message, key: str, channel: str, received_at: datetime) -> Read:
    parts = bodies.parts(sent)
    sdp = [part.text for part in parts if part.kind == "application/sdp"]
    asked = languages.wanted("\n".join(sdp))
    tags = asked.tags or additional.hints(parts)
    located = place.locate(parts, ", ".join(sent.all("geolocation")))
    ring_back = callback.callback(sent)
    defects = [
        (not sent.whole, "body shorter than its Content-Length"),
        (bool(sent.body) and not parts, "body that cannot be read"),
        (bool(asked.strange), "language tag that does not exist"),
        (bool(located.unreadable), "location that cannot be read"),
    ]
    call = Call(
        key=key,
        received_at=received_at,
        channel=channel,
        languages=tags,
        callback=ring_back.text,
        position=located.position,
        narrative=_narrative(asked, tags, located, ring_back),
    )
    return Read("call", call, _branch(sent), tuple(name for found, name in defects if found))


def _narrative(
    asked: languages.Wanted,
    tags: tuple[str, ...],
    located: place.Located,
    ring_back: callback.Callback,
) -> str:
    """What the call taker should know beside language, place and callback; "" if nothing."""
    lines = []
    if len(tags) > 1:
        first, *others = [languages.name(tag) for tag in tags]
        lines.append(f"The telephone asks for {first}, else {', else '.join(others)}.")
    if tags and not asked.tags:
        lines.append("The language is the subscriber's, who need not be the caller: confirm it.")
    if located.radius is not None:
        lines.append(f"The position may be off by {located.radius:,.0f} m.")
    if located.method:
        lines.append(f"The network found it by: {located.method}.")
    if located.others:
        lines.append("The network sent another location too; the preferred one is shown.")
    if located.elsewhere:
        lines.append("The network keeps a location that is asked for apart; it is not shown here.")
    if ring_back.no_service:
        lines.append(callback.NO_SERVICE)
    return " ".join(lines)[:LONGEST_NOTE]
