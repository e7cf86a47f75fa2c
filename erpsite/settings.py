"""The site: which modules it runs, and with what. Every choice an operator has is an environment variable."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from erpsite import environment, office
from erpsite.installed import chosen

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.directory("NIAGA_DATA", BASE_DIR / "var")

DEBUG = environment.flag("NIAGA_DEBUG")
DEMO = environment.flag("NIAGA_DEMO")
SECRET_KEY = environment.text("NIAGA_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = environment.words("NIAGA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = environment.words("NIAGA_TRUSTED_ORIGINS")
BEHIND_TLS = environment.flag("NIAGA_HTTPS")

DATABASE_URL = environment.text(
    "DATABASE_URL", f"postgresql://niaga@/niaga?host={DATA_DIR / 'postgres.sock.d'}"
)
# Past a pooler that hands sessions around, for what lives as long as a session: locks and messages.
DIRECT_DATABASE_URL = environment.text("NIAGA_DIRECT_DATABASE_URL")

# Modules by label. The kernel is always there; the database says which of the others are.
KERNEL = {
    "base": "base.apps.BaseConfig",
    "web": "web.apps.WebConfig",
    "rpc": "rpc.apps.RpcConfig",
}
IN_HOUSE = {
    "accounting": "accounting.apps.AccountingConfig",
    "inventory": "inventory.apps.InventoryConfig",
    "crm": "crm.apps.CrmConfig",
    "hr": "hr.apps.HrConfig",
}
MODULES = chosen(
    DIRECT_DATABASE_URL or DATABASE_URL,
    KERNEL,
    IN_HOUSE,
    first=environment.words("NIAGA_MODULES", ",".join(IN_HOUSE)),
)
# Seconds that an operation on modules waits for requests and jobs to end before it gives up.
MODULES_PATIENCE = environment.number("NIAGA_MODULES_PATIENCE", 120)

INSTALLED_APPS = [
    "modeltranslation",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "django_celery_beat",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "erpsite",
    *MODULES.paths,
]

MIDDLEWARE = [
    "erpsite.gate.Gate",
    "rpc.middleware.RpcDoor",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.middleware.BackOfficePolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "web.middleware.WhoActs",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "erpsite.urls"
WSGI_APPLICATION = "erpsite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": environment.database(DATABASE_URL)}
CACHE_URL, BROKER_URL = environment.valkey(
    environment.text("REDIS_URL", f"unix://{DATA_DIR / 'valkey' / 'valkey.sock'}"), database=1
)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
}

# Who may come in
AUTH_USER_MODEL = "base.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "web.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "web.forms.signin.SignInForm",
    "change_password": "web.forms.signin.NewPasswordForm",
    "reauthenticate": "web.forms.signin.ProofForm",
}
MFA_FORMS = {"add_webauthn": "web.forms.signin.PasskeyForm"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": False}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Niaga"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
AXES_FAILURE_LIMIT = environment.number("NIAGA_LOGIN_FAILURES", 10)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "web/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = True
RPC_LOGIN_FAILURES = environment.number("NIAGA_RPC_LOGIN_FAILURES", 10)
RPC_LOGIN_COOLDOWN = environment.number("NIAGA_RPC_LOGIN_COOLDOWN", 60)

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "niaga_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.views.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 128 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
# The back office's theme runs Alpine.js, which needs eval and inline styles; nothing leaves the host there either.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

# Languages, dates, numbers
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("id", _("Indonesian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "niaga_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = "base.formats"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "id")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "id")
JQUERY_UI_URL = "vendor/jquery-ui/tabs.js"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/files/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Mail: into files, until there is a server to send by
EMAIL_HOST = environment.text("NIAGA_EMAIL_HOST", "localhost")
_MAILER = "smtp" if environment.text("NIAGA_EMAIL_HOST") else "filebased"
EMAIL_BACKEND = environment.text(
    "NIAGA_EMAIL_BACKEND", f"django.core.mail.backends.{_MAILER}.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_PORT = environment.number("NIAGA_EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("NIAGA_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("NIAGA_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("NIAGA_EMAIL_TLS")
EMAIL_USE_SSL = environment.flag("NIAGA_EMAIL_SSL")
EMAIL_TIMEOUT = environment.number("NIAGA_EMAIL_SECONDS", 30)
DEFAULT_FROM_EMAIL = environment.text("NIAGA_EMAIL_FROM", "niaga@localhost")

# Currency rates
RATES_FILE = environment.directory("NIAGA_RATES_FILE", DATA_DIR / "rates.csv")
RATES_ECB = environment.text(
    "NIAGA_RATES_ECB", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
)

# Open pages that listen for changes, in each web process; the others ask now and then
LIVE_STREAMS = environment.number("NIAGA_LIVE_STREAMS", 100)

# Backups
POSTGRES_PROGRAMS = environment.text("NIAGA_POSTGRES_PROGRAMS")
BACKUPS = environment.directory("NIAGA_BACKUPS", DATA_DIR / "backups")
BACKUP_DAYS = environment.number("NIAGA_BACKUP_DAYS", 14)
BACKUP_MONTHS = environment.number("NIAGA_BACKUP_MONTHS", 6)

# Jobs
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_connect_timeout": 2}
CELERY_TASK_DEFAULT_PRIORITY = 6
CELERY_BEAT_SCHEDULE = {
    "base.look_around": {
        "task": "base.look_around",
        "schedule": 10.0,
        "options": {"priority": 0},  # the first of all
    }
}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = TIME_ZONE
DJANGO_CELERY_BEAT_TZ_AWARE = True

# The wire
RPC_DATABASE_NAME = environment.text("NIAGA_DATABASE_NAME", "niaga")
RPC_MAX_BODY = 128 * 1024 * 1024
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {"TITLE": "Niaga", "VERSION": "0.1.0", "SERVE_INCLUDE_SCHEMA": False}

# The back office
UNFOLD = office.THEME

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("NIAGA_LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}

if "PYTEST_VERSION" in os.environ:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
