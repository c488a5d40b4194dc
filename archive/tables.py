"""The tables. A change here wants a migration beside it, in ``archive/migrations/versions``."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", String, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("finished_at", DateTime),
    Column("stats", JSON),
)
links = Table(
    "links",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("outlet", String, nullable=False),
    Column("title", Text),
    Column("announced_at", DateTime),
    Column("found_in", Text),
    Column("author", Text),
    Column("first_seen_at", DateTime, nullable=False),
    Column("outcome", String),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False, default=0),
    Column("settled_at", DateTime),
    Column("article_id", String),
    Column("due_at", DateTime),
    Index("links_by_outlet", "outlet", "outcome", "first_seen_at"),
    Index("links_by_due", "outlet", "due_at"),
)
sources = Table(
    "sources",
    metadata,
    Column("url", Text, primary_key=True),
    Column("outlet", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("parent", Text),
    Column("interval", Integer),
    Column("seen_share", Float),
    Column("polled_at", DateTime),
    Column("due_at", DateTime),
    Column("read_at", DateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("cause", Text),
    Index("sources_by_outlet", "outlet"),
)
validators = Table(
    "validators",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("fetched_at", DateTime, nullable=False),
)
hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("trips", Integer, nullable=False),
    Column("not_before", DateTime, nullable=False),
)
site_files = Table(
    "site_files",
    metadata,
    Column("url", Text, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fetched_at", DateTime, nullable=False),
)
outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
    Column("at", DateTime, nullable=False),
    Index("outcomes_by_key", "key"),
    Index("outcomes_by_day", "at"),
)
cursors = Table(
    "cursors",
    metadata,
    Column("outlet", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("page", Integer, nullable=False),
    Column("since", DateTime, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("moved_at", DateTime, nullable=False),
    Column("place", Text),
)
fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.id")),
    Column("url", Text, nullable=False),
    Column("outlet", String),
    Column("kind", String, nullable=False),
    Column("status", Integer),
    Column("cause", Text),
    Column("fetched_at", DateTime, nullable=False),
    Column("warc", String),
    Column("offset", Integer),
    Column("length", Integer),
    Column("digest", String),
    Index("fetches_by_url", "url", "fetched_at"),
    Index("fetches_by_run", "run", "outlet"),
)
articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text, nullable=False),
    Column("outlet", String, nullable=False),
    Column("published_at", DateTime),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("seen_at", DateTime),
    Column("revision", BigInteger),  # set by triggers, whoever writes: see migration 0006
    Index("articles_by_outlet", "outlet"),
    Index("articles_by_revision", "revision"),
)
versions = Table(
    "versions",
    metadata,
    Column("article_id", String, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content_hash", String, nullable=False),
    Column("fetched_at", DateTime),
    Column("document", Text, nullable=False),
)
absences = Table(
    "absences",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("at", DateTime, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("digest", String),
    Index("absences_by_digest", "digest"),
)
backlog = Table(
    "backlog",
    metadata,
    Column("article_id", String, ForeignKey("articles.id"), primary_key=True),
    Column("queued_at", DateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("reason", Text),
)
tellings = Table(
    "tellings",
    metadata,
    Column("way", String, primary_key=True),
    Column("outlet", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("severity", String, nullable=False),
    Column("seen", Text, nullable=False),
    Column("mend", Text, nullable=False),
    Column("told_at", DateTime, nullable=False),
)
progress = Table(
    "progress",
    metadata,
    Column("task", String, primary_key=True),
    Column("at", Text, nullable=False),
)
templates = Table(
    "templates",
    metadata,
    Column("outlet", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("learned_at", DateTime, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("read", Integer, nullable=False),
    Column("lines", JSON, nullable=False),
)
stories = Table(
    "stories",
    metadata,
    Column("article_id", String, ForeignKey("articles.id"), primary_key=True),
    Column("story", String, nullable=False),
    Column("bands", LargeBinary, nullable=False),
    Index("stories_by_story", "story"),
)
story_bands = Table(
    "story_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
