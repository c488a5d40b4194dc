"""The command that puts Dragoman into the user's crontab, and takes it out."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crontab import CronTab

    from crawler.crontab import Line

_LOCAL = (
    "DRAGOMAN_ELASTICSEARCH_API_KEY",
    "DRAGOMAN_ELASTICSEARCH_PASSWORD",
    "DRAGOMAN_ALERT_WEBHOOK",
    "DRAGOMAN_SMTP_PASSWORD",
)
"""Secrets stay out of the crontab, which is shown and mailed about: they belong into ``.env``."""


def schedule(
    outlets: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]", help="Outlets to crawl; all if none is named.")
    ] = None,
    install: Annotated[bool, typer.Option("--install", help="Put the line into your crontab.")] = False,
    print_: Annotated[bool, typer.Option("--print", help="Print the line.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the line out of your crontab.")] = False,
    every: Annotated[int, typer.Option(metavar="MINUTES", help="Minutes between two runs.")] = 15,
) -> None:
    """Crawl what is due by cron: one line for this home, with a start minute of its own.

    Example: dragoman schedule --print --every 30
    """
    from crawler.crontab import STEPS

    if install + print_ + remove != 1:
        raise typer.BadParameter("give one of --install, --print and --remove")
    if every not in STEPS:
        raise typer.BadParameter(
            f"{every} does not divide an hour; give one of {', '.join(map(str, STEPS))}", param_hint="--every"
        )
    line = _line(every, outlets or [])
    if print_:
        print(line)
        return
    tab = _crontab()
    taken = sum(1 for _ in tab.find_comment(line.comment))
    tab.remove_all(comment=line.comment)
    if install:
        job = tab.new(command=line.command, comment=line.comment)
        job.setall(line.when)
    _write(tab)
    print(f"{'installed' if install else 'removed' if taken else 'nothing to remove'}: {line}")


def _line(every: int, only: list[str]) -> Line:
    from crawler import settings
    from crawler.catalogue import load_outlets
    from crawler.crontab import crontab_line

    catalogue = load_outlets(settings.OUTLETS_FOLDERS)
    ids = [catalogue.get(name).id for name in only]
    given = {name: value for name, value in os.environ.items() if name.startswith("DRAGOMAN_") and value}
    for name in _LOCAL:
        if given.pop(name, None):
            print(f"dragoman: {name} is not put into the crontab; write it into .env", file=sys.stderr)
    given["DRAGOMAN_HOME"] = str(settings.HOME)
    given["DRAGOMAN_LOG_FILE"] = str(settings.LOG_FILE_ROTATED or settings.HOME / "logs" / "crawl.log")
    return crontab_line(settings.HOME, sys.executable, Path.cwd(), every, socket.gethostname(), given, ids)


def _crontab() -> CronTab:
    from crontab import CronTab

    from archive.errors import UserError

    try:
        return CronTab(user=True)
    except OSError as reason:
        raise UserError(_no_cron(reason)) from reason


def _write(tab: CronTab) -> None:
    from archive.errors import UserError

    try:
        tab.write()
    except OSError as reason:
        raise UserError(_no_cron(reason)) from reason


def _no_cron(reason: OSError) -> str:
    return f"the crontab cannot be used ({reason}); install cron, or take a timer as in docs/cron.md"
