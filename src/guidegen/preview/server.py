"""The preview's web server: the site as it is, plus a script that keeps it fresh."""

from __future__ import annotations

import html
import json
import os
import sys
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO, Final

from guidegen.errors import PreviewError

HOST = "127.0.0.1"
"""The preview is for the person at this computer only."""

# What a page says of itself in `partials/meta.html`, without `file:`. Here it also
# holds for a picture that is opened by itself.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of all answers."""
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    # Else any page could take the search index in as a script, and read it.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # A cached page would hide the edit that was just built.
    "Cache-Control": "no-store",
}
_OWN = "/__guidegen__/"
_FILES = {"preview.js": "text/javascript", "preview.css": "text/css"}
_NAMES = {"localhost", HOST}
# As files: the site's security policy allows no inline scripts and styles.
_HEAD = (
    f'<link rel="stylesheet" href="{_OWN}preview.css">'
    f'<script defer src="{_OWN}preview.js"></script></head>'
)


@dataclass(frozen=True, slots=True)
class State:
    """The number of the last good build, and the error of a later one, if any."""

    revision: int = 0
    error: str | None = None

    def after_build(self, error: str | None) -> State:
        """Return the state after a build; one that failed leaves the last good site."""
        return State(self.revision + (error is None), error)


class PreviewServer(ThreadingHTTPServer):
    """Serves one site folder, looked up afresh for each request.

    Args:
        site: The folder; it may not be there yet.
        port: The port on this computer; 0 for any that is free.

    Attributes:
        state: What the pages show; the watching thread replaces it.
    """

    daemon_threads = True
    # On Windows it would let two servers share a port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, site: Path, port: int) -> None:
        self.site = site
        self.state = State()
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise PreviewError("error-port", port=port) from error

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Keep quiet about a browser that has gone before it was answered."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer
    # Which Python this computer has is nobody's business.
    server_version, sys_version = "guidegen", ""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401
        site = arguments[2].site
        super().__init__(*arguments, directory=str(site), **keywords)

    def do_GET(self) -> None:
        if self._is_foreign():
            self.send_error(403)
        elif self.path == f"{_OWN}state":
            self._send(json.dumps(self._state()).encode(), "application/json")
        elif self.path.startswith(_OWN):
            self._send_own(self.path.removeprefix(_OWN))
        elif (page := self._page()) is not None:
            self._send_page(page)
        else:
            super().do_GET()

    def send_head(self) -> BinaryIO | Any:  # noqa: ANN401  # as typeshed says
        """Begin the answer with a file of the site, if it is one."""
        if self._is_in_site():
            return super().send_head()
        self.send_error(404)
        return None

    def list_directory(self, path: Any) -> None:  # noqa: ANN401, ARG002
        """Show no lists of files: the site has none."""
        self.send_error(404)

    def _is_in_site(self) -> bool:
        """Return whether a path leads to a reader's file, and not out of the site."""
        site = self.server.site.resolve()
        path = Path(self.translate_path(self.path))
        try:
            # A build writes no links; whoever could put one there gets nothing by it.
            if not path.resolve().is_relative_to(site):
                return False
        except (OSError, ValueError):
            return False  # no file can have that name
        names = path.relative_to(self.server.site).parts
        return not any(name.startswith(".") for name in names)

    def do_HEAD(self) -> None:
        if self._is_foreign():
            self.send_error(403)
        else:
            super().do_HEAD()

    def _is_foreign(self) -> bool:
        """Return whether a request was made under another name than this computer's."""
        name = self.headers.get("Host", "").rpartition(":")[0]
        # Any site can make its own name lead to 127.0.0.1 (DNS rebinding), and its
        # scripts could then read the preview.
        return (name or self.headers.get("Host", "")) not in _NAMES

    def _state(self) -> dict[str, object]:
        state = self.server.state
        return {"revision": state.revision, "error": state.error}

    def _page(self) -> Path | None:
        """Return the HTML page that is asked for, if it is one."""
        path = Path(self.translate_path(self.path))
        if not self._is_in_site():
            return None
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        # Until a build has worked, every address shows the error.
        if not self.server.site.is_dir():
            return path
        try:
            return path if path.suffix == ".html" and path.is_file() else None
        except OSError:
            return None  # no file can have a name as long as that

    def _send_page(self, path: Path) -> None:
        state = self.server.state
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            # No build has worked yet: there is only the error to show.
            error = html.escape(state.error or "…")
            look = ' class="guidegen-preview-error"' if state.error else ""
            text = (
                "<!doctype html><html><head><meta charset=utf-8><title>guidegen</title>"
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                '</head><body class="guidegen-preview-alone">'
                f"<pre{look}>{error}</pre></body></html>"
            )
        marked = f'<html data-revision="{state.revision}"'
        text = text.replace("<html", marked, 1).replace("</head>", _HEAD, 1)
        self._send(text.encode(), "text/html; charset=utf-8")

    def _send_own(self, name: str) -> None:
        # Only these two, so that no name in an address can lead to another file.
        if name in _FILES:
            self._send(Path(__file__).with_name(name).read_bytes(), _FILES[name])
        else:
            self.send_error(404)

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Keep requests out of the terminal: it is for build messages."""
