"""The web application: wiring, and nothing else."""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment as TemplateEnvironment
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from web import errors, forms, security, template_filters
from web.config import Config
from web.context import Services
from web.views import (
    approvals,
    assets,
    auth,
    changes,
    clients,
    desk,
    documents,
    due,
    finding,
    handovers,
    health,
    images,
    review,
)
from web.views import help as help_pages

LARGEST_BODY = 512 * 1024
"""Bytes of a request: a form with a few fields of 10,000 characters, percent-encoded."""


class Environment(TemplateEnvironment):
    """Flask's, whose globals are all there before the first template is loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All at once: Jinja would look each one up in two mappings, and go through both for every page."""
        return {**self.globals, **(d or {})}


class Application(Flask):
    """Flask, whose views here are plain functions."""

    jinja_environment = Environment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: Flask asks of each one at every request whether it is a coroutine."""
        return func


def create_app(config: Config, services: Services) -> Flask:
    """The pages over these use cases."""
    app = Application("web", static_folder=None)
    app.request_class = forms.SentRequest
    app.extensions["handrail"] = services
    _configure(app, config)
    _name_parts_of_addresses(app)
    security.install(app)
    errors.install(app)
    template_filters.install(app, config.time_zone)
    calls = (desk, finding, changes, approvals, handovers, documents, images)
    for views in (*calls, due, clients, review, auth, help_pages, health, assets):
        app.register_blueprint(views.blueprint)
    return app


def _configure(app: Flask, config: Config) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_SECURE=config.cookie_is_secure,
        LOCALE=config.locale,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )


def _name_parts_of_addresses(app: Flask) -> None:
    """What an id in an address looks like; anything else is no address of ours and never reaches the store."""
    for name, pattern in {
        "guide": "[a-z][a-z0-9-]{0,99}",
        "session": "[A-Za-z0-9_-]{8,100}",
        "document": "[a-z][a-z0-9-]{0,99}(?:/[a-z][a-z0-9-]{0,99})?",
        "image": "[0-9a-f]{64}",
        "client": r"\w[^/]{0,99}(?:/\w[^/]{0,99})*",
        "promise": r"[A-Za-z0-9_-]{8,100}\.[0-9]{1,9}",
        "secret": "[A-Za-z0-9_.-]{8,200}",
    }.items():
        app.url_map.converters[name] = type(name.title(), (BaseConverter,), {"regex": pattern})
