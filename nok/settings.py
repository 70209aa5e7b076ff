"""The one reader of the environment: a frozen, checked set of settings."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

KNOWN_SECRETS = frozenset({"secret", "changeme", "change-me", "dev", "development", "password", "nok", "test"})
MIN_SECRET = 32
MAX_PORT = 65535
PROVIDER_DEFAULTS = {
    "NOK_PROVIDER_NAME": "Net of Knowledge (demonstration)",
    "NOK_PROVIDER_ADDRESS": "1 Example Street, Sampletown, CA 90000",
    "NOK_PROVIDER_CONTACT": "records@demo.example",
    "NOK_PROVIDER_PHONE": "+1 (415) 555-0100",
    "NOK_RESPONSIBLE_PERSON": "Director of Education",
    "NOK_MAIL_FROM": "Net of Knowledge <no-reply@localhost>",
}


class SettingsError(Exception):
    """A setting is missing or makes no sense; the text names the setting and the fix."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations. Times are seconds, sizes are bytes."""

    environment: str
    secret_key: str = field(repr=False)
    base_url: str
    data_dir: Path
    database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    storage_dir: Path
    storage_url: str
    s3_key_id: str = field(repr=False)
    s3_secret: str = field(repr=False)
    mail_url: str = field(repr=False)
    mail_from: str
    host: str
    port: int
    debug: bool
    allow_sqlite: bool
    trusted_proxies: int
    web_threads: int
    max_streams: int
    metrics_token: str = field(repr=False)
    signing_key: Path
    signing_certificate: Path
    provider_name: str
    provider_address: str
    provider_contact: str
    provider_phone: str
    responsible_person: str
    json_logs: bool
    stop_file: Path | None

    @property
    def production(self) -> bool:
        """Whether strangers rely on this installation."""
        return self.environment == "production"

    @property
    def embedded_broker(self) -> bool:
        """Whether `nok serve` starts its own Redis-protocol server."""
        return not self.broker_url

    @property
    def broker_url_file(self) -> Path:
        """Where the embedded broker's address is kept; it holds the password, so only the owner may read it."""
        return self.data_dir / "broker" / "url"

    @property
    def secure(self) -> bool:
        """Whether people reach the site over TLS."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read `NOK_*` and `PORT`; raise SettingsError on the first one that makes no sense."""
        read = _Reader(env)
        environment = read.choice("NOK_ENV", ("development", "production"), "development")
        data_dir = Path(read.text("NOK_DATA_DIR", "var")).resolve()
        port = read.number("PORT", 8000, 1, MAX_PORT)
        settings = cls(
            environment=environment,
            secret_key=_secret_key(read, environment, data_dir),
            base_url=read.url("NOK_BASE_URL", f"http://127.0.0.1:{port}"),
            data_dir=data_dir,
            database_url=_database_url(read, data_dir),
            broker_url=read.text("NOK_BROKER_URL", ""),
            storage_dir=Path(read.text("NOK_STORAGE_DIR", str(data_dir / "storage"))).resolve(),
            storage_url=read.storage(),
            s3_key_id=read.text("NOK_S3_KEY_ID", ""),
            s3_secret=read.text("NOK_S3_SECRET", ""),
            mail_url=read.mail("" if environment == "production" else "outbox:"),
            mail_from=read.provider("NOK_MAIL_FROM"),
            host=read.text("NOK_HOST", "127.0.0.1"),
            port=port,
            debug=read.flag("NOK_DEBUG"),
            allow_sqlite=read.flag("NOK_ALLOW_SQLITE"),
            trusted_proxies=read.number("NOK_TRUSTED_PROXIES", 0, 0, 10),
            web_threads=read.number("NOK_WEB_THREADS", 48, 2, 1024),
            max_streams=read.number("NOK_MAX_STREAMS", 32, 0, 1000),
            metrics_token=read.text("NOK_METRICS_TOKEN", ""),
            signing_key=read.path("NOK_SIGNING_KEY", data_dir / "keys" / "signing-key.pem"),
            signing_certificate=read.path("NOK_SIGNING_CERTIFICATE", data_dir / "keys" / "signing-certificate.pem"),
            provider_name=read.provider("NOK_PROVIDER_NAME"),
            provider_address=read.provider("NOK_PROVIDER_ADDRESS"),
            provider_contact=read.provider("NOK_PROVIDER_CONTACT"),
            provider_phone=read.provider("NOK_PROVIDER_PHONE"),
            responsible_person=read.provider("NOK_RESPONSIBLE_PERSON"),
            stop_file=Path(stop) if (stop := read.text("NOK_STOP_FILE", "")) else None,
            json_logs=read.choice("NOK_LOG_FORMAT", ("json", "text"), "text") == "json",
        )
        settings._check()
        return settings

    def _check(self) -> None:
        if self.max_streams >= self.web_threads:
            raise SettingsError(
                "NOK_MAX_STREAMS must be below NOK_WEB_THREADS, or live streams would leave no thread for pages: "
                "lower the first or raise the second."
            )
        if not self.production:
            return
        if self.debug:
            raise SettingsError("NOK_DEBUG is on in production: unset it, error pages would show code and data.")
        if self.database_url.startswith("sqlite") and not self.allow_sqlite:
            raise SettingsError(
                "The database is SQLite in production: set NOK_DATABASE_URL to PostgreSQL, "
                "or say NOK_ALLOW_SQLITE=yes when one machine with backups is what you want."
            )
        if not self.mail_url.startswith(("smtp://", "smtps://")):
            raise SettingsError("NOK_MAIL_URL is missing: set it, for example smtp://user:password@mail.example:587.")
        if not self.secure:
            raise SettingsError("NOK_BASE_URL must be the public https:// address in production.")
        for name, value in PROVIDER_DEFAULTS.items():
            if getattr(self, name.removeprefix("NOK_").lower()) == value:
                raise SettingsError(f"{name} is missing: set it to the provider's own, certificates and mails show it.")


@dataclass(frozen=True)
class _Reader:
    env: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, "").strip() or default

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default)))

    def provider(self, name: str) -> str:
        """Return what certificates and mails say of the provider; the demonstration's, where nothing is set."""
        return self.text(name, PROVIDER_DEFAULTS[name])

    def mail(self, default: str) -> str:
        value = self.text("NOK_MAIL_URL", default)
        if value and not value.startswith(("smtp://", "smtps://", "outbox:")):
            raise SettingsError("NOK_MAIL_URL must begin with smtp:// or smtps://, or be outbox: in development.")
        return value

    def storage(self) -> str:
        value = self.text("NOK_STORAGE_URL", "")
        if value and (not value.startswith("s3://") or not urlsplit(value).netloc):
            raise SettingsError("NOK_STORAGE_URL must name a bucket, such as s3://bucket/folder?region=us-west-2.")
        return value

    def flag(self, name: str) -> bool:
        return self.choice(name, ("yes", "no"), "no") == "yes"

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise SettingsError(f"{name} is {value!r}: set it to one of {', '.join(allowed)}.")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
            raise SettingsError(f"{name} is {value!r}: set it to a whole number from {least} to {most}.")
        return int(value)

    def url(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise SettingsError(f"{name} is {value!r}: set it to an address such as https://learn.example.org.")
        return value


def _secret_key(read: _Reader, environment: str, data_dir: Path) -> str:
    key = read.text("NOK_SECRET_KEY", "")
    if environment == "production":
        if not key:
            raise SettingsError(
                "NOK_SECRET_KEY is missing: set it to a long random text, "
                "for example the output of `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
            )
        if key.lower() in KNOWN_SECRETS or len(key) < MIN_SECRET or len(set(key)) < MIN_SECRET // 4:
            raise SettingsError(f"NOK_SECRET_KEY is known or too simple: use at least {MIN_SECRET} random characters.")
    return key or _local_secret(data_dir / "keys" / "secret-key")


def _local_secret(path: Path) -> str:
    """Return the development secret kept under the data directory, made at first use, so that no default exists."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):  # whoever links first has made it; nobody reads half of it
        os.link(partial, path)
    partial.unlink()
    return path.read_text().strip()


def _database_url(read: _Reader, data_dir: Path) -> str:
    url = read.text("NOK_DATABASE_URL", f"sqlite:///{data_dir / 'nok.sqlite3'}")
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            url = "postgresql+psycopg://" + url.removeprefix(old)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("NOK_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url
