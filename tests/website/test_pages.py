"""The first page, languages, headers: what holds for every public page."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client

from safecall import guard
from safecall.guard.lint import files_under, lint_file
from safecall.website import forms
from tests.website.messages import PACKAGE
from tests.website.reading import text

GETS = [
    prefix + name
    for prefix in ("/", "/en/", "/es/")
    for name in ("", "report", "receipt", "i-speak")
]


def test_911_comes_before_everything_else(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    main = page[page.index("<main") :]
    assert main.index("tel:911") < main.index("sms:911") < main.index('href="/report"')
    words = text(visitor.get("/"))
    assert "Calling the police is a safe choice." in words
    assert "We never ask about your immigration status." in words
    assert "It is free." in words


def test_the_first_page_names_languages_as_their_speakers_do(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    for endonym in ("Español", "Soomaali", "Anishinaabemowin"):
        assert f">{endonym}</a>" in page
    assert re.search(r'<a href="[^"]+" lang="(ar|ps)"( hreflang="ar")? dir="rtl">', page)


def test_a_language_without_pages_leads_to_an_interpreter(visitor: Client) -> None:
    words = text(visitor.get("/i-speak/ciw"))
    assert "Anishinaabemowin" in words
    assert "An interpreter comes on the line." in words
    signed = text(visitor.get("/es/i-speak/ase"))
    assert "por video" in signed
    assert "Llámenos" not in signed
    assert visitor.get("/i-speak/xx").status_code == 404


def test_a_demonstration_says_so(visitor: Client, settings: pytest.FixtureRequest) -> None:
    settings.ENVIRONMENT = "demo"  # type: ignore[attr-defined]
    settings.NON_EMERGENCY_NUMBER = "(218) 555-0142"  # type: ignore[attr-defined]
    words = text(visitor.get("/"))
    assert "This is a demonstration" in words
    assert "invented number" in words
    assert "tel:(218)" not in visitor.get("/").content.decode()


def test_no_number_where_none_is_set(visitor: Client, settings: pytest.FixtureRequest) -> None:
    settings.NON_EMERGENCY_NUMBER = ""  # type: ignore[attr-defined]
    assert "Call us when it can wait" not in text(visitor.get("/"))


@pytest.mark.parametrize("address", GETS)
def test_no_cookie_no_script_no_stranger(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    page = response.content.decode()
    assert "<script" not in page
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []
    assert 'style="' not in page
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/report", "/receipt", "/es/report"])
def test_private_pages_are_kept_by_nobody(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_language_is_that_of_the_address_then_of_the_browser(visitor: Client) -> None:
    spanish = {"accept-language": "es-MX,es;q=0.9"}
    assert 'lang="es"' in visitor.get("/", headers=spanish).content.decode()[:200]
    assert "Accept-Language" in visitor.get("/").headers["Vary"]
    assert 'lang="en"' in visitor.get("/en/", headers=spanish).content.decode()[:200]
    response = visitor.get("/es/")
    assert response.headers["Content-Language"] == "es"
    assert "Llamar a la policía es una decisión segura." in text(response)
    assert "hasta que un hablante haya confirmado" in text(response)
    assert visitor.get("/xx/").status_code == 404


def test_one_spelling_of_an_address(visitor: Client) -> None:
    response = visitor.get("/ES/report?a=b")
    assert response.status_code == 301
    assert response.headers["Location"] == "/es/report?a=b"


def test_the_page_of_an_address_is_the_same_for_every_browser(visitor: Client) -> None:
    assert "Accept-Language" not in visitor.get("/es/").headers.get("Vary", "")


def test_staff_pages_stay_english(visitor: Client) -> None:
    page = visitor.get("/accounts/login/", headers={"accept-language": "es"}).content.decode()
    assert 'lang="en" dir="ltr"' in page[:200]


def test_links_stay_in_the_language_of_the_address(visitor: Client) -> None:
    page = visitor.get("/es/").content.decode()
    assert 'href="/es/report"' in page
    assert 'href="/en/" lang="en"' in page
    assert 'href="/es/i-speak/ciw"' in page
    assert 'href="/report"' not in page


def test_a_form_of_another_site_is_refused(visitor: Client) -> None:
    sent = {"story": "Something.", "for_whom": "self"}
    other = {"sec-fetch-site": "cross-site"}
    assert visitor.post("/report", sent, headers=other).status_code == 403
    same = {"sec-fetch-site": "same-origin"}
    assert visitor.post("/report", sent, headers=same).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)("/report").status_code == 405


def test_no_template_asks_for_status() -> None:
    found = [
        (str(path), asked)
        for path in files_under(PACKAGE / "website")
        if path.suffix in (".html", ".toml")
        for asked in lint_file(path)
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_label_asks_for_status(lang: str) -> None:
    from django.utils import translation

    with translation.override(lang):
        for form in (forms.StoryForm, forms.DetailsForm, forms.CodeForm, forms.NoteForm):
            for field in form().fields.values():
                for words in (str(field.label or ""), str(field.help_text or "")):
                    assert guard.ask(words) == (), words
                    assert guard.ask(f"{words}:") == (), words


def _grade(words: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [part for part in re.split(r"[.?!:]+", words) if part.strip()]
    all_words = re.findall(r"[A-Za-z']+", words)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in all_words
    )
    return 0.39 * len(all_words) / len(sentences) + 11.8 * syllables / len(all_words) - 15.59


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "policy",
        "translate",
        "spoken",
        "leaflet_pdf",
        "_911",
        "_paper_foot",
        "report",
        "details",
        "receipt",
        "emergency",
        "_notice",
        "check",
        *("help", "help_service", "_service", "referral", "referral_outcome"),
        "feedback",
        "feedback_done",
        "complaint",
        "complaint_done",
        "complaint_code",
        "complaint_standing",
    ],
)
def test_it_reads_like_a_book_for_sixth_grade(name: str) -> None:
    origin = get_template(f"website/{name}.html").template.source
    texts = re.findall(r'{%\s*translate\s+"([^"]+)"', origin)
    texts = [one for one in texts if len(one.split()) > 3]
    words = " ".join(one if one[-1] in ".?!:" else f"{one}." for one in texts)
    assert _grade(words) <= 6, f"{_grade(words):.1f}"
