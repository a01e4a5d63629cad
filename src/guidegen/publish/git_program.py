"""Runs the git program, cut off from the user's own repositories and from prompts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from guidegen.errors import PublishError
from guidegen.process import run_program
from guidegen.publish.confirmed import NO_USER
from guidegen.publish.credentials import find_secret, sought
from guidegen.publish.place import Place
from guidegen.publish.target import Overtaken

_KEPT_VARIABLES = re.compile(
    "GIT_(SSH|SSL_(?!NO_VERIFY)|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|PROXY|COMMITTER_(NAME|EMAIL))"
)
"""Variables of git that say how to connect, or who the user is.

All others, such as those that add settings or name a repository, are left out.
"""

# The user's hooks and prompts have no business in a repository that lives for seconds,
# and housekeeping would outlive it. Version 2 of the protocol sends only the refs that
# were asked for. A server must not lead to another place than the one agreed to.
_SETTINGS = {
    "core.askPass": "",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "credential.interactive": "false",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "http.followRedirects": "false",
    "http.sslVerify": "true",
    "maintenance.auto": "false",
    "protocol.version": "2",
    "push.recurseSubmodules": "no",
    "transfer.bundleURI": "false",
}
# The user's own settings may say another address for the same place (`insteadOf`):
# either way of protecting it will do. `file` is for a repository on this computer.
_TRANSPORTS = {"https": "https:ssh", "ssh": "https:ssh", "http": "http", "file": "file"}
# BatchMode makes ssh fail instead of waiting for a password that nobody types; the
# server gets nothing of the user's but the proof of their key.
_SSH = (
    "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ForwardAgent=no -o ForwardX11=no"
    " -o ClearAllForwardings=yes -o PermitLocalCommand=no"
)
_HELPER = (
    # Not `echo`, which turns a backslash and an n into a line break in some shells.
    "!f() { test \"$1\" = get || exit 0; printf 'username=%s\\npassword=%s\\n'"
    ' "$GUIDEGEN_GIT_USER" "$GUIDEGEN_GIT_SECRET"; }; f'
)
"""Hands git the secret, which is on no command line and in no file."""

# Git exits with the same codes for all of these, so its words have to decide;
# `_environment` makes them English.
_OVERTAKEN = re.compile(
    r"non-fast-forward|fetch first|cannot lock ref|stale info|incorrect old value"
    r"|failed to update ref|reference already exists",
    re.IGNORECASE,
)
_LOGIN_REFUSED = re.compile(
    r"authentication failed|could not read (username|password)|permission denied"
    r"|access denied|host key verification failed|terminal prompts disabled|\b40[13]\b",
    re.IGNORECASE,
)
_REDIRECTED = re.compile(r"returned error: 30\d\b")
_NO_BRANCH = re.compile(r"couldn't find remote ref|could not find remote ref")
_CHECKED_OUT = re.compile(r"refusing to update checked out branch|branch is currently")


class NoBranch(Exception):  # noqa: N818  # it is made by the first publication
    """The repository is there, the branch is not."""


class Git:
    """Runs git in a temporary repository of guidegen's own.

    Args:
        folder: Where that repository is made.
        target: The target's name, by which its secret is found.
        place: Where the repository is. Only on the web it needs a secret of ours: an
            ssh agent needs no help from guidegen.
    """

    def __init__(self, folder: Path, *, target: str, place: Place) -> None:
        self.folder = folder
        self._target = target
        self._place = place
        self._settings = [*_SETTINGS.items()]
        self._environment = _environment(_TRANSPORTS[place.scheme])
        if place.scheme in {"http", "https"}:
            # Again for this host: the user's settings may have an exception for it.
            here = f"http.{place.origin}/"
            self._settings += [
                (f"{here}.followRedirects", "false"),
                (f"{here}.sslVerify", "true"),
            ]
            if place.is_loopback:
                # Through a proxy, what is not encrypted would leave this computer.
                self._settings.append((f"{here}.proxy", ""))
            self._use_secret(place)
        # With an empty template, none of the user's hooks is copied into the
        # repository.
        self("init", "--quiet", "--bare", "--template=", str(folder))

    def _use_secret(self, place: Place) -> None:
        secret = _secret(place, self._target)
        if not secret:
            return
        # An empty helper switches off those that the user has configured. Ours is for
        # this place alone, wherever git may be led.
        self._settings += [
            ("credential.helper", ""),
            (f"credential.{place.origin}.helper", _HELPER),
        ]
        self._environment |= {
            "GUIDEGEN_GIT_USER": place.user or NO_USER,
            "GUIDEGEN_GIT_SECRET": secret,
        }

    def __call__(
        self,
        *arguments: str,
        stdin: Iterable[bytes] = (),
        stdout: BinaryIO | None = None,
    ) -> bytes:
        """Run a git command and return what it printed.

        Raises:
            Overtaken: A push came too late.
            NoBranch: A fetch found the repository, but not the branch.
            PublishError: It failed for another reason.
        """
        settings = [
            part for name, value in self._settings for part in ("-c", f"{name}={value}")
        ]
        done = run_program(
            ["git", "--git-dir", str(self.folder), *settings, *arguments],
            environment=self._environment,
            # Never in the project. `init` runs before there is such a folder.
            folder=self.folder if self.folder.is_dir() else self.folder.parent,
            stdin=stdin,
            stdout=stdout,
        )
        if done.code:
            raise self._error(done.errors)
        return done.out

    def _error(self, output: str) -> Exception:
        if _NO_BRANCH.search(output):
            return NoBranch()
        if _OVERTAKEN.search(output):
            return Overtaken()
        hint = None
        where = sought(self._place, self._target, "token")
        if _REDIRECTED.search(output):
            hint = "error-git-elsewhere"
        elif _LOGIN_REFUSED.search(output):
            # A secret of ours goes to the web only.
            web = self._place.scheme in {"http", "https"}
            hint = "error-git-login-web" if web else "error-git-login"
        elif _CHECKED_OUT.search(output):
            hint = "error-git-checked-out"
        # Of all that git prints, the marked lines say what failed; the rest is progress
        # and advice, and too long for one message.
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        marked = [line for line in lines if re.match("(fatal|error|remote):|!", line)]
        return PublishError(
            "error-git-says",
            hint=hint,
            detail=" / ".join((marked or lines)[:4]),
            variable=where.variable,
            command=where.command,
        )


def _secret(place: Place, target: str) -> str | None:
    # Forges issue tokens; a repository on a web server of the company's has a password.
    return find_secret(place, target, "token") or find_secret(place, target)


def _environment(transports: str) -> dict[str, str]:
    """Return the environment for git: no other repository, no prompt, English."""
    # GIT_DIR and the like, which git sets for hooks, would lead to the user's
    # repository; GUIDEGEN_… may be the secrets of other targets.
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "GUIDEGEN_")) or _KEPT_VARIABLES.match(name)
    }
    ours.setdefault("GIT_SSH_COMMAND", _SSH)
    return ours | {
        # A second lock behind the check of the address: a helper could run any command.
        "GIT_ALLOW_PROTOCOL": transports,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        # The Git Credential Manager opens windows of its own unless it is told not to.
        "GCM_INTERACTIVE": "never",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
        "LANGUAGE": "C",
    }
