"""The settings. Every variable of the environment is read here and nowhere else.

An installation differs from another only in its environment: see docs/deploy.md for each name.
"""

from email.utils import parseaddr
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from mutuals_portal import logs

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Which kind of installation this is ------------------------------------------------------

# Set by ./run: PostgreSQL and Valkey come from wheels, examples are loaded, mail goes to files.
EMBEDDED = env.bool("PORTAL_EMBEDDED", False)
# Set by a test for the portal's programs that it starts: a clock that it can move for all of them.
# Refused below unless the database is a test's.
TEST_CLOCK = env.bool("PORTAL_TEST_CLOCK", False)
VAR_DIR = env.path("PORTAL_VAR", BASE_DIR / "var")
FACTS_DIR = BASE_DIR / "mutuals_portal" / "facts"

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# The address that links in mail begin with: there is no request when a worker writes a mail.
PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
# Behind a proxy that ends TLS. Off only where the portal listens on 127.0.0.1 alone.
HTTPS = env.bool("PORTAL_HTTPS", not EMBEDDED)
# How many proxies of ours stand in front: the visitor's address is that many from the right.
PROXIES = env.int("PORTAL_PROXIES", 0)

# While this says until when ("from 6pm today"), visitors read that and nothing else.
MAINTENANCE = env.str("PORTAL_MAINTENANCE", "")

# Only an embedded portal may put mail into files; another does not start without EMAIL_URL.
EMAIL_URL = env.str("EMAIL_URL", "") if EMBEDDED else env.str("EMAIL_URL")
MAIL_DIR = VAR_DIR / "mail"

# --- Parts ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_structlog",
    "pgtrigger",
    "accounts",
    "activity",
    "proposals",
    "pathfinders",
    "advice",
    "mutuals_portal",
]

MIDDLEWARE = [
    "mutuals_portal.health.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page on a phone is a quarter as long. It adds random bytes, so that lengths tell no secret.
    "mutuals_portal.packing.PagesGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "mutuals_portal.maintenance.closed_meanwhile",
    # Before sessions are read: voters have none.
    "proposals.ballot.untraced.untraced",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mutuals_portal.requests.LoggedRequests",
    "mutuals_portal.sessions.sessions",
    "activity.second_step.officials_use_it",
    "activity.middleware.MovedOnMiddleware",
]

ROOT_URLCONF = "mutuals_portal.urls"
WSGI_APPLICATION = "mutuals_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "mutuals_portal.templatetags.components",
                "mutuals_portal.templatetags.portal",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mutuals_portal.context.page",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------

DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if TEST_CLOCK and not str(DATABASES["default"]["NAME"]).startswith("test_"):
    raise ImproperlyConfigured("PORTAL_TEST_CLOCK moves the clock: it is only for a test database.")

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "activity.cache.FailOpenRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60
# Also that of a private link, which may be read on a computer at work.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "name"]}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "activity.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    name: f"accounts.forms.{form}"
    for name, form in (
        ("signup", "SignUpForm"),
        ("login", "SignInForm"),
        ("reset_password", "ForgotForm"),
        ("reset_password_from_key", "ResetForm"),
        ("set_password", "SetPasswordForm"),
        ("change_password", "ChangePasswordForm"),
        ("reauthenticate", "PasswordAgainForm"),
        ("add_email", "NewAddressForm"),
    )
}
# One address each: a new one takes the place of the old when its owner has confirmed it.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
# allauth keeps its limits in the cache, which forgets when Valkey is away: doors are limited in
# PostgreSQL by activity.limits instead.
ACCOUNT_RATE_LIMITS = False
# Example people have none: anybody may sign in as them, on a machine that nobody else reaches.
SECOND_STEP_FOR_OFFICIALS = env.bool("PORTAL_SECOND_STEP", not EMBEDDED)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "activity.second_step.MFAAdapter"
MFA_TOTP_ISSUER = "Mutuals portal"
MFA_FORMS = {
    "authenticate": "activity.second_step.SecondStepForm",
    "reauthenticate": "activity.second_step.SecondStepAgainForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
}

# --- The worker -------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 3,
    "socket_connect_timeout": 3,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": {
        "task": "activity.tasks.sweep",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "send the daily mails that are due": {
        "task": "activity.tasks.send_daily_mails",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "make the PDFs that are missing": {
        "task": "proposals.tasks.make_pdfs",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "scan the documents that wait": {
        "task": "proposals.tasks.scan_documents",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "scan the files of enquiries that wait": {
        "task": "advice.tasks.scan_attachments",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "close the votes whose time is past": {
        "task": "proposals.tasks.close_ballots",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "release the letters whose day has come": {
        "task": "proposals.tasks.release_letters",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    "delete the rolls of votes that ended": {
        "task": "proposals.tasks.forget_rolls",
        "schedule": 3600.0,
        "options": {"expires": 3590},
    },
    "delete the calls that nobody saved": {
        "task": "advice.tasks.forget_calls",
        "schedule": 3600.0,
        "options": {"expires": 3590},
    },
    "end late offers of mentors": {
        "task": "pathfinders.tasks.expire_offers",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    "offer on enquiries that no provider picked up": {
        "task": "advice.tasks.offer_on",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "warn of proposals that nobody touches, and set them aside": {
        "task": "proposals.tasks.go_through_the_quiet",
        "schedule": 1800.0,
        "options": {"expires": 1790},
    },
    "remind officials of employers who have not answered": {
        "task": "proposals.tasks.go_through_the_asked",
        "schedule": 1800.0,
        "options": {"expires": 1790},
    },
    "remind silent enquirers, and close what they left": {
        "task": "advice.tasks.go_through_the_silent",
        "schedule": 1800.0,
        "options": {"expires": 1790},
    },
    "warn of enquiries that are late": {
        "task": "advice.tasks.go_through_the_late",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    "work out anew when enquiries are due": {
        "task": "advice.tasks.rebuild_clocks",
        "schedule": 3600.0,
        "options": {"expires": 3590},
    },
    "mail new links to those who lost theirs": {
        "task": "advice.tasks.send_lost_links",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "reckon the figures of cases, once a day": {
        "task": "proposals.tasks.reckon_figures",
        "schedule": 900.0,
        "options": {"expires": 890},
    },
    "reckon the figures of the advice line, once a day": {
        "task": "advice.tasks.reckon_figures",
        "schedule": 900.0,
        "options": {"expires": 890},
    },
    "forget sessions that ended": {
        "task": "activity.tasks.forget_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3590},
    },
}

# --- Mail -------------------------------------------------------------------------------------

if EMAIL_URL:
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"]
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("PORTAL_FROM", "Mutuals portal <portal@localhost>")
# Quiet mail gives nothing away to whoever looks over a shoulder: the same address with no name.
QUIET_FROM = parseaddr(DEFAULT_FROM_EMAIL)[1]
MAIL_DOMAIN = QUIET_FROM.rpartition("@")[2]

# --- Language, time, look ---------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

# --- Logs -------------------------------------------------------------------------------------

LOGGING = logs.LOGGING
logs.configure()

# --- Safety -----------------------------------------------------------------------------------

# The one inline script of GOV.UK Frontend: it marks the page as able to run the others.
GOVUK_SCRIPT = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)
GOVUK_SCRIPT_SHA256 = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'"],
        "manifest-src": ["'self'"],
        "script-src": ["'self'", GOVUK_SCRIPT_SHA256],
        "style-src": ["'self'"],
    }
}
# Scripts of ours read it: it is a new one after signing in again, and forms of a page that was open
# before hold the old one. Whoever could run a script here could read it from a form all the same.
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "mutuals_portal.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PORTAL_URL] if HTTPS else []
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Where clamd listens, as tcp://host:port or the path of its socket: documents are scanned for viruses.
CLAMD_URL = env.str("CLAMD_URL", "")
# Nothing is signed or submitted with a document that was not found clean.
REQUIRE_SCAN = env.bool("REQUIRE_SCAN", False)
if REQUIRE_SCAN and not CLAMD_URL:
    raise ImproperlyConfigured("REQUIRE_SCAN needs a scanner: say in CLAMD_URL where it is.")
# No page takes a larger file: of one that is, nothing stays on the disk.
FILE_UPLOAD_MOST = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "activity.uploads.BoundedUploadHandler",
]
