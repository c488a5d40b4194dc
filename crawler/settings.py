"""Every setting, and the only place that reads the environment.

A setting's default stands here; ``DRAGOMAN_<NAME>`` in the environment, or in a ``.env`` file in the working
folder, stands over it. The environment wins over the file. Scrapy reads this module as any project's settings,
so ``scrapy crawl outlets -s NAME=value`` works too. It imports no Scrapy, because that alone costs 450 ms.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from archive.errors import SettingError

T = TypeVar("T")

_LONGEST_SECRET = 4_096
_given = {**dotenv_values(".env"), **os.environ}


def _setting(name: str, default: T, read: Callable[[str], T], wanted: str) -> T:
    """What was given for ``DRAGOMAN_<name>``, or the default. Raises SettingError with the mend."""
    given = _given.get(f"DRAGOMAN_{name}")
    if not given:
        return default
    try:
        return read(given)
    except ValueError as reason:
        raise SettingError(f"DRAGOMAN_{name}={given!r}: {wanted} is wanted") from reason


def _text(name: str, default: str | None = None) -> str | None:
    return _setting(name, default, str, "text")


def _secret(name: str) -> str | None:
    """What was given for ``DRAGOMAN_<name>``, or stands in the file ``DRAGOMAN_<name>_FILE``, as Docker hands secrets over.

    Raises SettingError, without a word of the secret.
    """
    file = _text(f"{name}_FILE")
    if file is None:
        return _text(name)
    if _given.get(f"DRAGOMAN_{name}"):
        raise SettingError(f"DRAGOMAN_{name} and DRAGOMAN_{name}_FILE are both set; keep one")
    try:
        with Path(file).expanduser().open(encoding="utf-8") as opened:
            secret = opened.read(_LONGEST_SECRET + 1).rstrip("\r\n")
    except UnicodeDecodeError:
        raise SettingError(f"DRAGOMAN_{name}_FILE={file}: a text file is wanted") from None
    except OSError as reason:
        raise SettingError(f"DRAGOMAN_{name}_FILE={file} cannot be read: {reason.strerror}") from reason
    if not 0 < len(secret) <= _LONGEST_SECRET:
        raise SettingError(f"DRAGOMAN_{name}_FILE={file}: the secret alone is wanted, in one line")
    return secret


def _count(name: str, default: int) -> int:
    return _setting(name, default, _positive_int, "a whole number above zero")


def _seconds(name: str, default: float) -> float:
    return _setting(name, default, _positive_float, "a number of seconds")


def _positive_int(given: str) -> int:
    number = int(given)
    if number < 1:
        raise ValueError(given)
    return number


def _not_negative_int(given: str) -> int:
    number = int(given)
    if number < 0:
        raise ValueError(given)
    return number


def _interval(given: str) -> str:
    if not re.fullmatch(r"-1|[0-9]{1,6}(ms|s|m|h)", given):
        raise ValueError(given)
    return given


def _positive_float(given: str) -> float:
    number = float(given)
    if not 0 <= number < 1e9:
        raise ValueError(given)
    return number


def _yes_or_no(given: str) -> bool:
    return bool(["0", "1"].index(given))


def _address(name: str) -> str | None:
    """A URL. What is wrong with it is not shown: a password may stand in it."""
    given = _text(name)
    if given and not given.startswith(("http://", "https://")):
        raise SettingError(f"DRAGOMAN_{name}: an http:// or https:// address is wanted")
    return given


def _hook(name: str) -> str | None:
    """An address that is a secret, of which nothing is shown."""
    given = _secret(name)
    if given and not re.fullmatch(r"https?://[^\s/?#]+\S*", given):
        raise SettingError(f"DRAGOMAN_{name}: an http:// or https:// address is wanted")
    return given


def _mail_address(given: str) -> str:
    """One address; whatever could end the line that it is put into is refused."""
    if not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", given) or not given.isprintable():
        raise ValueError(given)
    return given


def _mail_addresses(given: str) -> tuple[str, ...]:
    return tuple(_mail_address(one.strip()) for one in given.split(",") if one.strip())


def _server(given: str) -> tuple[str, int | None]:
    """``host``, ``host:port`` or ``[v6]:port``."""
    found = re.fullmatch(r"(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?", given)
    port = int(found["port"]) if found and found["port"] else None
    if found is None or port == 0 or (port or 0) > 65_535:
        raise ValueError(given)
    return found["host"].strip("[]"), port


def _one_of(*words: str) -> Callable[[str], str]:
    def read(given: str) -> str:
        return words[words.index(given)]

    return read


def _textfile(given: str) -> Path:
    """node_exporter reads ``*.prom`` alone."""
    if not given.endswith(".prom"):
        raise ValueError(given)
    return Path(given).expanduser().absolute()


def _contact(given: str) -> str:
    """A mail or web address, fit for a header."""
    if not given.isascii() or not given.isprintable() or " " in given or not ("@" in given or "://" in given):
        raise ValueError(given)
    return given


# Where things live.
HOME = _setting("HOME", Path.home() / "dragoman", lambda given: Path(given).expanduser().absolute(), "a folder")
OUTLETS_FOLDERS = [
    str(Path(__file__).parent / "outlets"),
    *([str(HOME / "outlets")] if (HOME / "outlets").is_dir() else []),
    *(str(Path(folder).expanduser().absolute()) for folder in (_text("OUTLETS") or "").split(os.pathsep) if folder),
]
"""Folders of outlets' YAML files: our own, then the operator's in the home and from DRAGOMAN_OUTLETS, whose files stand over ours."""

# Where articles are searched: the embedded index under HOME, unless a URL is given.
ELASTICSEARCH_URL = _address("ELASTICSEARCH_URL")
ELASTICSEARCH_CLOUD_ID = _text("ELASTICSEARCH_CLOUD_ID")
ELASTICSEARCH_INDEX = _text("ELASTICSEARCH_INDEX", "dragoman")
ELASTICSEARCH_API_KEY = _secret("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_USER = _text("ELASTICSEARCH_USER")
ELASTICSEARCH_PASSWORD = _secret("ELASTICSEARCH_PASSWORD")
ELASTICSEARCH_CA = _text("ELASTICSEARCH_CA")
ELASTICSEARCH_SHARDS = _count("ELASTICSEARCH_SHARDS", 1)
"""Shards of each index that is made, one a language family; 1 is enough for some 50 GB of it."""
ELASTICSEARCH_REPLICAS = _setting("ELASTICSEARCH_REPLICAS", 0, _not_negative_int, "a whole number, 0 or more")
"""Copies of each shard on other nodes; a cluster of one node has no place for any."""
ELASTICSEARCH_REFRESH_INTERVAL = _setting(
    "ELASTICSEARCH_REFRESH_INTERVAL", None, _interval, "-1, or a time such as 30s"
)
"""How often the cluster makes new articles searchable by itself; the cluster's own default when not given."""

# Where dragoman kibana puts its objects: the address is given with the command.
KIBANA_API_KEY = _secret("KIBANA_API_KEY")
KIBANA_USER = _text("KIBANA_USER")
KIBANA_PASSWORD = _secret("KIBANA_PASSWORD")
KIBANA_CA = _text("KIBANA_CA")

# How a run behaves.
ARTICLES_PER_OUTLET = _count("ARTICLES_PER_OUTLET", 500)
"""Articles fetched from one outlet in one run; what is announced beyond that waits for the next run."""
SITEMAPS_PER_OUTLET = _count("SITEMAPS_PER_OUTLET", 50)
"""Sitemaps read from one outlet in one run, because an index may list every day since 1995."""
WORKERS = _count("WORKERS", os.cpu_count() or 1)
"""Processes that derive articles."""
PAGE_SECONDS = _seconds("PAGE_SECONDS", 20)
"""A page that takes longer to derive is cut off and reported."""
OUTLET_RULES = _setting("OUTLET_RULES", True, _yes_or_no, "0 or 1")
"""Whether the rules in outlets' files are applied; without them one sees what the general methods do alone."""
CHROMIUM = _text("CHROMIUM")
"""The browser for outlets with ``javascript: true``; one in the path, if it is not set."""
ALLOWED_ADDRESSES = [part.strip() for part in (_text("ALLOWED_ADDRESSES") or "").split(",") if part.strip()]
"""Private addresses or networks that may be crawled (``127.0.0.1``, ``10.1.0.0/16``). None may, by default."""

# How we behave.
CONTACT = _setting("CONTACT", None, _contact, "a mail address or a web address of yours")
"""Whom a publisher can write to; in the User-Agent. Whoever crawls the public Internet must say it."""
OBEY_NOARCHIVE = _setting("OBEY_NOARCHIVE", True, _yes_or_no, "0 or 1")
"""Whether pages with noarchive or noindex in X-Robots-Tag are left out of the archive; 0 for who has their publishers' permission."""
IGNORE_META_NOARCHIVE = _setting("IGNORE_META_NOARCHIVE", False, _yes_or_no, "0 or 1")
"""Whether pages are kept whose robots meta element alone says noarchive or noindex: for who has the right to. One page in ten says
noarchive, mostly by a template, and meant the copies that search engines show; but it is what the publisher says."""
OBEY_TDM_RESERVATION = _setting("OBEY_TDM_RESERVATION", True, _yes_or_no, "0 or 1")
"""Whether pages whose text and data mining is reserved are left out; 0 for those that have a licence or need none."""
LOG_FILE_ROTATED = _setting("LOG_FILE", None, lambda given: Path(given).expanduser().absolute(), "a file")
"""Where a crawl writes what it did, ten files of 10 MB at most; standard error without it."""

LISTINGS_PER_OUTLET = _count("LISTINGS_PER_OUTLET", 500)
"""Pages of archives and sitemaps that a back-fill reads of one outlet in one run; the next goes on from there."""

# Who is told that something is not well.
ALERT_WEBHOOK = _hook("ALERT_WEBHOOK")
"""Where new and ended alarms are posted as JSON; the address is a secret, as Slack's are."""
_NO_ONE: tuple[str, ...] = ()
ALERT_MAIL = _setting("ALERT_MAIL", _NO_ONE, _mail_addresses, "mail addresses, joined by commas,")
ALERT_MAIL_FROM = _setting("ALERT_MAIL_FROM", None, _mail_address, "a mail address")
_OURSELVES: tuple[str, int | None] = ("localhost", None)
SMTP_SERVER, SMTP_PORT = _setting("SMTP_SERVER", _OURSELVES, _server, "a host, or host:port,")
SMTP_TLS = _setting("SMTP_TLS", None, _one_of("none", "starttls", "tls"), "none, starttls or tls")
"""STARTTLS if it is not set, but for a server on this machine."""
SMTP_USER = _text("SMTP_USER")
SMTP_PASSWORD = _secret("SMTP_PASSWORD")
SMTP_CA = _text("SMTP_CA")
METRICS_FILE = _setting("METRICS_FILE", None, _textfile, "a file whose name ends in .prom")
"""Where each crawl leaves its metrics for node_exporter's textfile collector."""

# Scrapy's own.
BOT_NAME = "dragoman"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
USER_AGENT = _text(
    "USER_AGENT",
    f"Dragoman/0.1 ({f'+{CONTACT}; ' if CONTACT else ''}archive of international relations; obeys robots.txt)",
)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = _text("ROBOTSTXT_USER_AGENT", "Dragoman")
AUTOTHROTTLE_ENABLED = _setting("AUTOTHROTTLE_ENABLED", True, _yes_or_no, "0 or 1")
AUTOTHROTTLE_START_DELAY = _seconds("AUTOTHROTTLE_START_DELAY", 1.0)
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0
DOWNLOAD_DELAY = _seconds("DOWNLOAD_DELAY", 0)
CONCURRENT_REQUESTS = _count("CONCURRENT_REQUESTS", 32)
CONCURRENT_REQUESTS_PER_DOMAIN = _count("CONCURRENT_REQUESTS_PER_DOMAIN", 2)
CONCURRENT_ITEMS = 2
"""Of one response. A page gives one, and Scrapy starts so many tasks for each response: its own 100 take longer than the download."""
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"
DOWNLOAD_TIMEOUT = _seconds("DOWNLOAD_TIMEOUT", 60)
DOWNLOAD_MAXSIZE = _count("DOWNLOAD_MAXSIZE", 20 * 1024 * 1024)
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # a torn response is archived as truncated before it is refused
DOWNLOAD_VERIFY_CERTIFICATES = False  # ministries let theirs lapse; the archive records what was served
URLLENGTH_LIMIT = 2083
DEPTH_LIMIT = 0
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 10
HTTPERROR_ALLOW_ALL = True  # the spider counts every answer; redirects and retries come before it
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
CLOSESPIDER_TIMEOUT = _setting("CLOSESPIDER_TIMEOUT", 0, int, "a whole number of seconds")
TWISTED_DNS_RESOLVER = "crawler.middlewares.addresses.PublicResolver"
LOG_LEVEL = _text("LOG_LEVEL", "WARNING")
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"  # what is not an article is counted, not warned about
FEED_EXPORT_ENCODING = "utf-8"

EXTENSIONS = {
    "pipelines.run.Run": 0,
    "scrapy.extensions.closespider.CloseSpider": None,
    "crawler.budget.TimeBudget": 0,
    "crawler.monitors.Monitors": 500,
}
SPIDERMON_ENABLED = True
SPIDERMON_SPIDER_CLOSE_MONITORS = ["crawler.monitors.RunSuite"]
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.Robots": 100,
    "crawler.middlewares.tdm.SiteReservations": 150,
    "crawler.middlewares.patience.Patience": 560,  # below Retry (550): a retry of what was refused waits, too
    "crawler.middlewares.conditional.Conditional": 650,  # below Redirect (600): it sees where a redirect led
    "crawler.middlewares.addresses.PublicAddresses": 760,  # after HttpProxy (750): behind a proxy names are its business
    "crawler.middlewares.capture.Capture": 800,
}
ITEM_PIPELINES = {
    "pipelines.items.Derive": 100,
    "pipelines.items.Keep": 200,
    "pipelines.items.Queue": 300,
}
