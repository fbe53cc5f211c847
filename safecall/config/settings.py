"""Django's settings. Every value that differs between services comes from the environment.

`docs/operations.md` lists the variables.
"""

import tempfile
import zoneinfo
from os import getpid
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from safecall.config import database, env, logs, protection, secrets
from safecall.interpreting import webpush
from safecall.interpreting.terms import Times
from safecall.referrals import provider
from safecall.vocabulary import written
from safecall.website import catalogues

# Lets `models.ForeignKey[...]` and the like be written at run time, as the type checker needs it.
django_stubs_ext.monkeypatch()

_env = env.from_process()
_code = Path(__file__).resolve().parents[1]
BASE_DIR = env.base_dir()

ENVIRONMENT = _env.choice("ENV", "demo", ("demo", "production", "test"))
_production, _test = ENVIRONMENT == "production", ENVIRONMENT == "test"
VAR_DIR = _env.path("VAR_DIR", "var")
# The department's own rules of the guard; what is in force is what was accepted of them.
RULES_DIR = _env.path("RULES_DIR") if _env.text("RULES_DIR") else None
WORKERS = _env.integer("WORKERS", 1, least=1, most=64)

# --- Safety -----------------------------------------------------------------------------------
DEBUG = _env.boolean("DEBUG", False)
ALLOWED_HOSTS = _env.words(
    "ALLOWED_HOSTS", () if _production else ("localhost", "127.0.0.1", "[::1]", "testserver")
)
SECRET_KEY = _env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = [key for key in _env.secret("OLD_SECRET_KEYS").split(",") if key]
# The first key seals personal columns, all of them open: put a new one in front to rotate.
FIELD_KEYS = [key.strip() for key in _env.secret("FIELD_KEYS").split(",") if key.strip()]
# Signs the public ledger; witnesses are those whose cosignatures are taken in.
LEDGER_KEY = _env.secret("LEDGER_KEY")
LEDGER_WITNESSES = _env.words("LEDGER_WITNESSES")
if not _production:
    _secrets = VAR_DIR / ("secrets-test" if _test else "secrets")
    SECRET_KEY = SECRET_KEY or secrets.signing_key(_secrets)
    FIELD_KEYS = FIELD_KEYS or secrets.field_keys(_secrets)
    LEDGER_KEY = LEDGER_KEY or secrets.ledger_key(_secrets)

_https = _env.boolean("HTTPS", _production)
SECURE_SSL_REDIRECT = _https and _env.boolean("REDIRECT_TO_HTTPS", True)
SECURE_HSTS_SECONDS = _env.integer("HSTS_SECONDS", 31_536_000 if _https else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https and _env.boolean("HSTS_SUBDOMAINS", False)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _env.boolean("BEHIND_PROXY", False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = _env.words("TRUSTED_ORIGINS")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A field with 100,000 characters is a mistake or an attack; no form here has 200 fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

SESSION_COOKIE_AGE = _env.integer("IDLE_MINUTES", 30, least=1, most=30 if _production else 720) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "safecall.ledger",
    "safecall.privacy",
    "safecall.people",
    "safecall.contacts",
    "safecall.interpreting",
    "safecall.engagements",
    "safecall.referrals",
    "safecall.feedback",
    "safecall.accountability",
    "safecall.texts",
    "safecall.ui",
    "safecall.desk",
    "safecall.website",
    "safecall.api",
    "safecall.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
]
MIDDLEWARE = [
    # First, and alone for the intake of calls by machine: it needs nothing of what follows.
    "safecall.api.intake.IntakeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "safecall.website.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "safecall.config.sessions.IdleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safecall.people.middleware.PermissionMiddleware",
]
ROOT_URLCONF = "safecall.config.urls"
WSGI_APPLICATION = "safecall.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "safecall.ui.context.pages",
                "safecall.desk.nav.staff_nav",
            ]
        },
    }
]

# --- Data -------------------------------------------------------------------------------------
_database_url = _env.secret("DATABASE_URL")
if not _database_url and not _production:
    _database_url = f"sqlite:///{VAR_DIR / 'demo.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {}
try:
    DATABASES["default"] = database.from_url(_database_url, BASE_DIR, durable=not _test)
except database.BadDatabaseAddress as error:
    _env.problems.append(f"SAFECALL_DATABASE_URL {error}.")
else:
    if _test and _database_url.startswith("sqlite"):
        # In a file as in life (threads share it), and one for each process of the tests.
        DATABASES["default"]["TEST"] = {
            "NAME": f"{tempfile.gettempdir()}/safecall-test-{getpid()}.sqlite3"
        }
RETENTION_DAYS = _env.integer("RETENTION_DAYS", 90, least=1, most=36_500)

# --- Sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if _test:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {
        "NAME": f"{_validation}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
REQUIRE_MFA = _env.boolean("REQUIRE_MFA", _production)
ACCOUNT_ADAPTER = "safecall.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
# A room of call takers has one address. What locks a name is its own failures (people).
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
MFA_ADAPTER = "safecall.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_TOTP_ISSUER = "safecall"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "safecall.people.forms.AuthenticateForm",
    "reauthenticate": "safecall.people.forms.ReauthenticateForm",
}
# Used one-time codes and rates of sign-in, which hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "safecall_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
# Only offers to interpreters go out by e-mail: a lost password is renewed by an administrator.
EMAIL_HOST = _env.text("EMAIL_HOST")
EMAIL_PORT = _env.integer("EMAIL_PORT", 587, least=1, most=65_535)
EMAIL_HOST_USER = _env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = _env.secret("EMAIL_PASSWORD")
EMAIL_FROM = _env.text("EMAIL_FROM", "safecall@localhost")
EMAIL_USE_TLS = EMAIL_HOST not in ("", "localhost", "127.0.0.1")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# --- Words and times --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Public pages come in each language whose catalogue is complete; staff pages in English.
LANGUAGES = catalogues.offered()
LANGUAGES_BIDI = [one.tag for one in written.BY_TAG.values() if one.direction == "rtl"]
LOCALE_PATHS = [_code / "locale"]
USE_TZ = True
TIME_ZONE = _env.text("TIME_ZONE", "America/Chicago")
if TIME_ZONE not in zoneinfo.available_timezones():
    _env.problems.append("SAFECALL_TIME_ZONE must be a zone such as America/Chicago.")

# --- Public pages -----------------------------------------------------------------------------
# Shown as the non-emergency line; a demonstration shows an invented one.
NON_EMERGENCY_NUMBER = _env.text("NON_EMERGENCY_NUMBER", "" if _production else "(218) 555-0142")
# Whom data portals may ask about the open data: an e-mail address.
OPEN_DATA_CONTACT = _env.text("OPEN_DATA_CONTACT", "" if _production else "records@demo.example")
# The code of the answering point that takes reports from the website; empty: the first.
WEB_ANSWERING_POINT = _env.text("WEB_ANSWERING_POINT")

# --- Engagements ------------------------------------------------------------------------------
# Whose rank suffices to approve an engagement; never the one who recorded it.
ENGAGEMENT_APPROVERS = _env.words("ENGAGEMENT_APPROVERS", ("supervisor",))
if unknown := set(ENGAGEMENT_APPROVERS) - {"supervisor", "dispatcher", "records"}:
    _env.problems.append(
        f"SAFECALL_ENGAGEMENT_APPROVERS knows no role {', '.join(sorted(unknown))}."
    )

# Towns and ZIP codes for "how far is it" (referrals/places.toml); empty: those that ship.
PLACES_FILE = _env.path("PLACES_FILE") if _env.text("PLACES_FILE") else None

# Who texts numbers to callers (referrals/texting.py): empty, `file`, or an https address.
TEXT_PROVIDER = _env.text("TEXT_PROVIDER", "file" if ENVIRONMENT == "demo" else "")
TEXT_SECRET = _env.secret("TEXT_SECRET")
if not provider.allowed(TEXT_PROVIDER):
    _env.problems.append("SAFECALL_TEXT_PROVIDER is `file`, or an https address.")
if TEXT_PROVIDER.startswith("http") and not TEXT_SECRET:
    _env.problems.append("SAFECALL_TEXT_SECRET is needed to sign what SAFECALL_TEXT_PROVIDER gets.")

# --- Interpreters -----------------------------------------------------------------------------
# Seconds of the ladder (interpreting/terms.py).
INTERPRETER_TIMES = {
    name: _env.integer(f"INTERPRETER_{name.upper()}_SECONDS", seconds, most=3600)
    for name, seconds in {
        "single": 6,
        "roster_window": 20,
        "second_vendor": 30,
        "supervisor": 60,
        "silence": 60,
        "again": 60,
        "next_vendor": 5,
    }.items()
}
try:
    Times(**INTERPRETER_TIMES)
except ValueError as error:
    _env.problems.append(f"SAFECALL_INTERPRETER_*_SECONDS: {error}.")
# Signs the webhooks of offers; without it none are sent.
INTERPRETER_WEBHOOK_SECRET = _env.secret("INTERPRETER_WEBHOOK_SECRET")
# Rings to closed pages: the sender's private key, and the push services that may be called. Off
# without both.
WEB_PUSH_KEY = _env.secret("WEB_PUSH_KEY")
WEB_PUSH_SERVICES = _env.words("WEB_PUSH_SERVICES")
if not _production:
    WEB_PUSH_KEY = WEB_PUSH_KEY or secrets.web_push_key(_secrets)
if WEB_PUSH_KEY:
    try:
        webpush.public_key(WEB_PUSH_KEY)
    except webpush.BadKey:
        _env.problems.append(
            "SAFECALL_WEB_PUSH_KEY is no key; safecall interpreters push-key makes one."
        )
# Account codes at vendors, by the name of the secret that the vendor's row gives.
VENDOR_ACCOUNTS = {name: _env.secret(f"ACCOUNT_{name}") for name in _env.named("ACCOUNT_")}
# Where interpreters reach this service, for the links in messages.
PUBLIC_URL = _env.text("PUBLIC_URL", "" if _production else "http://127.0.0.1:8000").rstrip("/")

# --- Files and logs ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / _env.text("STATIC_DIR", str(VAR_DIR / "static"))
# File names carry a digest of their content, so that browsers keep them for good.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _test
        else "safecall.config.static.StaticFiles"
    },
}
# A missing picture must not take a page, or its error page, down with it.
WHITENOISE_MANIFEST_STRICT = False
LOGGING = logs.configuration(
    _env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
)

_facts = protection.Facts(
    debug=DEBUG,
    secret_key=SECRET_KEY,
    field_keys=FIELD_KEYS,
    ledger_key=LEDGER_KEY,
    ledger_witnesses=LEDGER_WITNESSES,
    allowed_hosts=ALLOWED_HOSTS,
    https=_https,
    hsts_seconds=SECURE_HSTS_SECONDS,
    sqlite=_database_url.startswith("sqlite"),
    workers=WORKERS,
    data_is_demo=_database_url.endswith("/demo.sqlite3"),
)
_env.problems += protection.always(_facts)
if _production:
    _env.problems += protection.in_production(_facts)
_env.refuse_if_wrong()
