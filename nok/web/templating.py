"""What templates may call."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, has_request_context, request, url_for
from jinja2 import StrictUndefined, Template

from nok.core.tokens import fingerprint
from nok.web.covers import cover
from nok.web.headers import nonce


def init(app: Flask, bell: Callable[[], Any], *, base_url: str, provider: str) -> None:
    """Give templates their globals; a name that is not there is an error, not a blank.

    `absolute` is `url_for` for what other sites and programs read: it goes by the settings, not by the Host header.
    """
    app.jinja_env.template_class = House
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["but"] = but
    app.jinja_env.filters["version"] = lambda words: fingerprint(words)[
        :12
    ]  # in an address: other words, other address
    addresses = Addresses()
    app.jinja_env.globals["url_for"] = addresses.url_for
    app.jinja_env.globals["absolute"] = lambda endpoint, **values: base_url + addresses.url_for(endpoint, **values)
    app.jinja_env.globals["provider"] = provider
    app.jinja_env.globals.update(csp_nonce=nonce, bell=bell, old_browser=old_browser, cover=cover)


class House(Template):
    """A template whose components are read once.

    At each import Jinja compares the globals of both templates, which takes longer than what most components do; here
    all templates have the same ones.
    """

    def _get_default_module(self, ctx: Any = None) -> Any:
        return self._module or super()._get_default_module(ctx)


class Addresses:
    """Addresses that were built already: an endpoint with the same values has the same one."""

    MOST = 4096

    def __init__(self) -> None:
        self._built: dict[Any, str] = {}

    def url_for(self, endpoint: str, **values: Any) -> str:
        """Return what Flask's own `url_for` returns."""
        if not has_request_context() or endpoint.startswith(".") or any(name.startswith("_") for name in values):
            return url_for(endpoint, **values)  # depends on more than the values: the host, the blueprint
        # Types stand in the key as well: 1 and True are equal, and are written differently.
        key = (request.script_root, endpoint, tuple((name, type(value), value) for name, value in values.items()))
        found = self._built.get(key)
        if found is None:
            if len(self._built) >= self.MOST:
                self._built.clear()
            found = self._built[key] = url_for(endpoint, **values)
        return found


def but(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with some changed; those changed to None are left out. For links to "this page, but …"."""
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def old_browser() -> bool:
    """Whether this is Internet Explorer, which gets a notice naming browsers that work."""
    agent = request.user_agent.string
    return "Trident/" in agent or "MSIE " in agent
