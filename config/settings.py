"""Every setting, read from the environment; docs/self-hosting.md lists them all, and a test compares the two.

DEVELOPMENT=1 (what `make run` uses on a fresh clone) means: this machine only, a known secret, demo accounts,
mail on the console. Without it the site is in production and refuses to start on unsafe values.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

DEVELOPMENT = env.bool("DEVELOPMENT", False)
DEBUG = env.bool("DEBUG", False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
WEB_WORKERS = env.int("WEB_WORKERS", 2)
WEB_THREADS = env.int("WEB_THREADS", 4)
SITE_NAME = env.str("SITE_NAME", "Layerwise")

DEVELOPMENT_SECRET = "development-only-secret-which-production-refuses"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_SECRET if DEVELOPMENT else "")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOCAL_HOSTS if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "config",
    "accounts",
    "course",
    "quizzes",
    "labs",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.packing.PackingMiddleware",  # a lesson is 60 kB plain and a fifth of that packed
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.ThrottleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.middleware.AdminRefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "csp.context_processors.nonce",
                "config.context.site",
                "accounts.context.person",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'layerwise.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE + WAL: writers queue instead of failing; FULL: an acknowledged answer is an fsynced answer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# A connection costs more than what most requests and tasks ask of it.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
# How tasks reach the workers: through the database, or through Celery and a broker (config/queues).
QUEUE = env.str("QUEUE", "database", validate=validate.OneOf(["database", "celery"]))
BROKER_URL = env.str("BROKER_URL", "amqp://localhost")
TASK_BACKENDS = {
    "database": "django_tasks_db.DatabaseBackend",
    "celery": "config.queues.on_celery.CeleryBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[QUEUE]}}
CONTENT_DIR = Path(env.str("CONTENT_DIR", str(BASE_DIR / "content")))
# Uploaded videos and posters; a view sends them, through the permission.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
VIDEO_MAX_MB = env.int("VIDEO_MAX_MB", 200)

# --- who --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "course:catalogue"
LOGOUT_REDIRECT_URL = "course:catalogue"
SIGN_UP = env.bool("SIGN_UP", True)
CONTACT = env.str("CONTACT", "")
PASSWORD_RESET_TIMEOUT = 86_400  # a day, in seconds
# Strict per name and address, so that one pupil's slips do not lock out a classroom behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the wait shown is true
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in when from where is nobody's business
AXES_LOCKOUT_CALLABLE = "config.errors.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.address.client_address"
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
# Anonymous calls of /api/ from one address, per minute; a whole class may share one address.
API_PER_MINUTE = env.int("API_PER_MINUTE", 1200)
PLAYGROUND_PER_MINUTE = env.int("PLAYGROUND_PER_MINUTE", 240)

# --- mail -------------------------------------------------------------------------------------------------
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "layerwise@localhost")

# --- time and words ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

# --- what the browser gets --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("icons", BASE_DIR / "static" / "icons"), BASE_DIR / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- transport --------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", not DEVELOPMENT)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- log: to the console, in production too, where Django by itself says nothing ---------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django_tasks": {"propagate": False},  # the worker's command gives it a handler
    },
}

# --- contributions: what apps show or tell on pages of others (course/panels.py states the contract) --------
LESSON_PANELS = ["quizzes.panels.lesson_panels", "labs.panels.lesson_panels"]
# The cards of the dashboard in their order, and the heading of one that fails.
DASHBOARD_PANELS = {
    "quizzes.dashboard.reviews": "Reviews",
    "course.continuing.courses": "Continue",
    "course.continuing.deadlines": "Deadlines",
    "quizzes.panels.dashboard_panels": "Quizzes",
    "labs.panels.dashboard_panels": "Challenges",
    "quizzes.dashboard.skills": "Skills",
    "quizzes.dashboard.misconceptions": "Mix-ups",
    "quizzes.dashboard.calibration": "Certainty",
}
DEADLINES = ["quizzes.dashboard.deadlines", "labs.panels.deadlines"]
# What the worker does every few seconds besides handing out submissions: (now) -> how many it dealt with.
SWEEPS = [
    "quizzes.services.finish_overdue",
    "quizzes.services.note_released",
    "quizzes.services.remember_released",
    "quizzes.tasks.sweep_regrades",
    "labs.tasks.sweep_long_runs",
]
# Where rows of each kind of content live: how the admin shows, and settles, an edit unlike its file.
CONTENT_SHELVES = {
    "course.course": "course.shelves.CourseShelf",
    "course.network": "course.shelves.NetworkShelf",
    "course.lesson": "course.shelves.LessonShelf",
    "course.outline": "course.shelves.OutlineShelf",
    "quizzes.quiz": "quizzes.shelves.QuizShelf",
    "quizzes.question": "quizzes.shelves.QuestionShelf",
    "labs.challenge": "labs.shelf.ChallengeShelf",
}
# Each tells what it keeps of one person, for "export my account": (user) -> dict of plain data.
ACCOUNT_EXPORTS = [
    "accounts.export.account_export",
    "course.account.account_export",
    "quizzes.export.account_export",
    "labs.export.account_export",
]

SILENCED_SYSTEM_CHECKS: list[str] = []
