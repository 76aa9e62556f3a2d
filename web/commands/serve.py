"""`handrail serve`: opens the store, publishes what is new in the folder of guides, and serves the pages."""

import gc
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from engine.errors import HandrailError
from web.app import create_app
from web.commands import store
from web.config import Config
from web.context import Services
from web.use_cases.house import House, open_house
from web.use_cases.publishing import Imported

BACKLOG = 256
NEEDS_HTTPS = (
    "Other machines can sign in only over HTTPS: put a proxy in front and say its address in HANDRAIL_URL, "
    "or set HANDRAIL_SECURE_COOKIE=false on a network you trust."
)


class AddressError(HandrailError):
    """An address that cannot be served on."""

    def __init__(self, config: Config, why: str) -> None:
        super().__init__(
            f"Handrail cannot serve on {config.host} port {config.port}: {why}. "
            "Name another with --port or --host, or stop what uses it."
        )


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings, serving on a socket that is bound already."""

    def __init__(self, app: Flask, config: Config, bound: socket.socket) -> None:
        self._app = app
        self._settings = {
            "bind": f"fd://{bound.fileno()}",
            "workers": config.workers,
            "threads": config.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "keepalive": 5,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings over."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application to serve."""
        return self._app


@click.command("serve")
@click.option("--host", help="Address to serve on (127.0.0.1).")
@click.option("--port", type=int, help="Port to serve on (8000); 0 takes a free one.")
@click.option("--workers", type=int, help="Processes that serve (1); more than one needs PostgreSQL.")
@click.option("--guides", type=click.Path(path_type=Path), help="Folder of guides to publish from.")
@store.options
def command(**flags: Any) -> None:
    """Serve the pages, until stopped with Ctrl+C.

    Settings also come from HANDRAIL_* and from handrail.toml in the data folder.
    """
    config = _one_writer(store.settings(flags))
    bound = _bind(config)
    config = replace(config, port=bound.getsockname()[1])
    house = open_house(config)
    imported, token = house.import_guides(), house.people.first_link()
    app = create_app(config, Services.of(house))
    click.echo(_banner(house, imported, token), err=True)
    house.close()  # no connection may be carried over a fork
    gc.collect()
    gc.freeze()  # what stays for ever is not gone through again and again: that stopped all calls for 75 ms
    Server(app, config, bound).run()


def _one_writer(config: Config) -> Config:
    if config.workers > 1 and config.store.startswith("sqlite"):
        click.echo("SQLite has one writing process: serving with 1 worker instead of more.", err=True)
        return replace(config, workers=1)
    return config


def _bind(config: Config) -> socket.socket:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressError(config, error.strerror or str(error)) from error


def _banner(house: House, imported: Imported, token: str | None) -> str:
    lines = [*(str(problem) for problem in imported.problems)]
    lines += [f"{file}: not published before its errors are mended." for file in imported.skipped]
    if imported.published:
        lines.append(f"Published: {', '.join(f'{each.title} ({each.number})' for each in imported.published)}")
    if house.config.cookie_is_secure and not house.config.url:
        lines.append(NEEDS_HTTPS)
    if token:
        lines.append("Sign in as the first administrator with this link; it works once, within 24 hours:")
        lines.append(f"{house.config.address}/sign-in/link/{token}")
    lines.append(f"Handrail is at {house.config.address} (stop it with Ctrl+C)")
    return "\n".join(lines)
