"""Settings of Lumbung. Everything that differs between machines comes from the environment."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import environment, province

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(environment.text("LUMBUNG_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

DEMO = environment.flag("LUMBUNG_DEMO", default=True)
"""Whether this is the demo: every page says so, and the demo accounts may sign in."""

_own = province.read(ROOT / "data" / "places", environment.text("PROVINCE", ""))
PROVINCE, PROVINCE_CODE = _own.key, _own.code
"""Whose office this is, by name, code or folder in data/places; words and time follow from it unless set."""

DEBUG = False
TESTING = "pytest" in sys.modules


def _secret_key() -> str:
    given = environment.text("SECRET_KEY", "")
    if given:
        return given
    if not DEMO:
        raise ImproperlyConfigured("Set SECRET_KEY in the environment: at least 50 random characters.")
    kept = VAR / "secret-key"
    if not kept.exists():
        from django.core.management.utils import get_random_secret_key  # noqa: PLC0415 - once per machine

        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [key for key in environment.text("SECRET_KEY_FALLBACKS", "").split(",") if key]
"""Keys that were changed: links issued under them can still be shown and sessions stay open."""
ALLOWED_HOSTS = environment.text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in environment.text("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
PUBLIC_ADDRESS = environment.text("PUBLIC_ADDRESS", "")
"""Where makers reach this server, for links in messages; empty means the address of the request."""

INSTALLED_APPS = [
    "lumbung.desk",
    "lumbung.dossier",
    "lumbung.paperwork",
    "lumbung.complaints",
    "lumbung.scorecards",
    "lumbung.deliveries",
    "lumbung.objections",
    "lumbung.production",
    "lumbung.orders",
    "lumbung.certification",
    "lumbung.lots",
    "lumbung.makers",
    "lumbung.banking",
    "lumbung.money",
    "lumbung.letters",
    "lumbung.organisations",
    "lumbung.people",
    "lumbung.places",
    "lumbung.files",
    "lumbung.records",
    "foundation",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer by chance, so that its length tells no secret
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "foundation.once.TellSent",
    "foundation.entries.AnswerEntries",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "foundation.templatetags.look",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.context.page",
                "config.menu.menu",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database(
        environment.text("TEST_DATABASE_URL", "") if TESTING else environment.text("DATABASE_URL", ""), VAR
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "work": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "work",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
"""How far long work is stands in files, so that all processes see it while its transaction is open."""
KEPT_ROOT = VAR / "kept"
DOSSIER_ROOT = VAR / "dossiers"
"""Large results that were computed once, read by slices; may be deleted at any time."""
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}

# People and signing in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "config.accounts.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "foundation.passwords.NotAboutYou"},
    {"NAME": "foundation.passwords.LongEnough"},
    {"NAME": "foundation.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lumbung.people.forms.SignInForm",
    "change_password": "lumbung.people.forms.ChangePasswordForm",
    "reset_password": "lumbung.people.forms.ResetPasswordForm",
    "reset_password_from_key": "lumbung.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "lumbung.people.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # nobody signs up; with a phone here, signing in would ask for one
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts failures, for all processes together
AXES_ENABLED = not TESTING
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_CLIENT_IP_CALLABLE = "foundation.throttle.client_address"
AXES_DISABLE_ACCESS_LOG = True  # keeps no list of who signed in from where
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
PROXY_COUNT = environment.number("PROXY_COUNT", 0)
"""How many proxies stand before this server and add to X-Forwarded-For."""

# Letters (password reset)
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "lumbung@localhost")

# Words, time, numbers
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", _own.time_zone)
TIME_ZONE_NAME = environment.text("TIME_ZONE_NAME", _own.time_zone_name)
USE_THOUSAND_SEPARATOR = False

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
FILES_ROOT = VAR / "files"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# What a browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, "https://wa.me"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 0)

# What the agency sets and nobody guesses
ROAD_FACTOR_PERCENT = environment.number("ROAD_FACTOR_PERCENT", 130)
"""Road kilometres for a hundred kilometres as the crow flies."""
FAIRNESS_BP = {
    "turn_credit_bp": environment.number("TURN_CREDIT_BP", 200),
    "priority_credit_bp": environment.number("PRIORITY_CREDIT_BP", 100),
    "newcomer_quota_bp": environment.number("NEWCOMER_QUOTA_BP", 500),
    "newcomer_credit_bp": environment.number("NEWCOMER_CREDIT_BP", 300),
}
"""What a new order proposes for turns, priority villages and newcomers, in basis points; the office decrees it."""
COMPLAINT_ANSWER_DAYS = environment.number("COMPLAINT_ANSWER_DAYS", 2)
"""Working days within which a complaint gets its first answer."""
REWORK_DAYS = environment.number("REWORK_DAYS", 7)
"""Days that a maker has for pieces that went back for rework; later ones stand on the desk."""
RECORD_SEEN_DAYS = environment.number("RECORD_SEEN_DAYS", 7)
"""After so many days the office reads a maker's track record also where the maker has not."""
OFFICE_DAYS = environment.weekdays("OFFICE_DAYS", "12345")
"""On which days the office works, 1 Monday to 7 Sunday: what a term in working days counts."""
OFFICE_HOLIDAYS = environment.days("OFFICE_HOLIDAYS")
"""Days on which the office does not work, as a decree names them; none is shipped, because none is to be guessed."""
RATES_PER_MINUTE = {"answer": 120, "public": 600, "objection": 30, "check": 60}
"""Requests a minute from one address: answers by link, public pages, objections, checks of a letter. Mobile networks
put whole villages behind one address."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "foundation.logs.HideLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SYSTEM_NAME = "Lumbung"
OFFICE_NAME = environment.text("OFFICE_NAME", _own.office)
OFFICE_EMAIL = environment.text("OFFICE_EMAIL", "")
OFFICE_PHONE = environment.text("OFFICE_PHONE", "")
"""How buyers reach the office (+62…); the front page asks for orders only when one of the two is set."""
REGION = environment.text("REGION", _own.region)
REGION_ENDS = [end for end in environment.text("REGION_ENDS", ",".join(_own.ends)).split(",") if end]
"""What the region calls itself, and two places at its ends, for the sentence on the front page."""
LESSON = _own.lesson
"""A story of the province's own, by language, for the page that tells how it works; none where none is known."""
SILENCED_SYSTEM_CHECKS: list[str] = []
