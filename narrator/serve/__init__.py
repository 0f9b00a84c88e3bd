"""A local web server for a show: feed and site, with addresses of the host that asked."""

from __future__ import annotations

from narrator.serve.app import make_app
from narrator.serve.run import serve_show

__all__ = ["make_app", "serve_show"]
