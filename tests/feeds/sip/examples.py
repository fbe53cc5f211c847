"""Invented SIP messages, put together from what a test wants to differ."""

SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"

_NAMESPACES = (
    'xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
    'xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" '
    'xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0"'
)
CIRCLE = (
    '<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>46.7867 -92.1005</gml:pos>'
    '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">65</gs:radius></gs:Circle>'
)
CIVIC = (
    '<ca:civicAddress xml:lang="en"><ca:country>US</ca:country><ca:A1>MN</ca:A1>'
    "<ca:A3>Duluth</ca:A3><ca:PRD>W</ca:PRD><ca:RD>2nd</ca:RD><ca:STS>St</ca:STS>"
    "<ca:HNO>211</ca:HNO><ca:UNIT>4</ca:UNIT><ca:PC>55802</ca:PC></ca:civicAddress>"
)


def audio(*lines: str) -> str:
    """A session description with one audio medium and these lines below it."""
    return SDP + "".join(f"{line}\r\n" for line in ("m=audio 4000 RTP/AVP 0", *lines))


def pidf(*shapes: str, method: str = "GPS") -> str:
    """A location object with one location for each shape."""
    tuples = "".join(
        f'<tuple id="t{number}"><status><gp:geopriv><gp:location-info>{shape}'
        f"</gp:location-info><gp:usage-rules/><gp:method>{method}</gp:method></gp:geopriv>"
        "</status></tuple>"
        for number, shape in enumerate(shapes)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<presence {_NAMESPACES} entity="pres:x@example.com">{tuples}</presence>'
    )


def multipart(*parts: tuple[str, str, str], boundary: str = "outer") -> tuple[str, str]:
    """Content-Type and body of a multipart: each part is its type, Content-ID and text."""
    body = "".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-ID: <{name}>\r\n\r\n{text}\r\n"
        for kind, name, text in parts
    )
    return f"multipart/mixed; boundary={boundary}", f"{body}--{boundary}--\r\n"


def invite(
    body: str = "",
    kind: str = "application/sdp",
    method: str = "INVITE",
    **changed: str | None,
) -> bytes:
    """An emergency call. `changed`: header (with _ for -) -> another value, None to leave it out;
    `uri` is that of the request."""
    uri = changed.pop("uri", None) or "urn:service:sos"
    headers: dict[str, str | None] = {
        "Via": "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
        "Max-Forwards": "70",
        "From": '"Someone" <sip:+12185550199@example.com>;tag=one',
        "To": "<urn:service:sos>",
        "Call-ID": "call-1@example.com",
        "CSeq": f"1 {method}",
        "P-Asserted-Identity": "<sip:+12185550142@example.com;user=phone>",
    }
    if body:
        headers["Content-Type"] = kind
    headers["Content-Length"] = str(len(body.encode()))
    headers.update({name.replace("_", "-"): value for name, value in changed.items()})
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([f"{method} {uri} SIP/2.0", *lines, "", body]).encode()


def full() -> bytes:
    """Languages, and a location nested one multipart deeper."""
    inner, nested = multipart(
        ("application/pidf+xml", "loc@example.com", pidf(CIRCLE + CIVIC)), boundary="inner"
    )
    kind, body = multipart(
        ("application/sdp", "sdp@example.com", audio("a=hlang-send:so ar *", "a=hlang-recv:so")),
        (inner, "nested@example.com", nested),
    )
    return invite(body, kind, Geolocation="<cid:loc@example.com>")
