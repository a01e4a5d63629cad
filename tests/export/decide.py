"""Accepts or rejects all tracked changes in LibreOffice, and prints what is left.

Run by the Python that has LibreOffice's `uno`, not by the tests' own:
`decide.py SOFFICE FOLDER WAY=FILE…`. Prints JSON: the lines of each file's text, by
what was given: as it is (`shown`), or with all changes `accepted`, or `rejected`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # of LibreOffice's own Python
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

DEADLINE = 90
"""Seconds that LibreOffice has to start."""
WAYS = {
    "shown": None,
    "accepted": ".uno:AcceptAllTrackedChanges",
    "rejected": ".uno:RejectAllTrackedChanges",
}


def connected(pipe: str) -> Any:  # noqa: ANN401  # LibreOffice has no types
    """Return the context of the LibreOffice behind a pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    end = time.monotonic() + DEADLINE
    while True:
        try:
            return resolver.resolve(url)
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def lines(text: Any) -> list[str]:  # noqa: ANN401  # as above
    """Return the lines of a text, those of tables' cells among them."""
    found = list[str]()
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                found += lines(part.getCellByName(name))
        else:
            found.append(part.getString())
    return found


def decided(context: Any, path: Path, command: str | None) -> list[str]:  # noqa: ANN401
    """Return a file's lines after a command."""
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden,))
    try:
        if command:
            dispatcher = manager.createInstanceWithContext(
                "com.sun.star.frame.DispatchHelper", context
            )
            frame = document.getCurrentController().getFrame()
            dispatcher.executeDispatch(frame, command, "", 0, ())
        return lines(document.getText())
    finally:
        document.close(True)  # noqa: FBT003  # its API


def main(program: str, folder: str, *files: str) -> None:
    """Start LibreOffice, and print what becomes of each file."""
    pipe = f"guidegen{uuid.uuid4().hex}"
    profile = Path(folder) / "profile"
    started = subprocess.Popen(  # noqa: S603  # what the tests have found
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connected(pipe)
        found = {}
        for given in files:
            way, _, file = given.partition("=")
            found[given] = decided(context, Path(file), WAYS[way])
        sys.stdout.write(json.dumps(found))
    finally:
        started.terminate()
        started.wait(30)


main(*sys.argv[1:])
