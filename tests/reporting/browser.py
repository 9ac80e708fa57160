"""A headless Chromium spoken to over two pipes: what the tests of the report open pages in."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from pathlib import Path

__all__ = ["Browser", "chromium"]

PATIENCE = 200
"""Seconds after which a page that says nothing is taken for stuck."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium():
    """The browser's path; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One browser with one page, which can reach no network.

    Messages of the DevTools protocol go through file descriptors 3 and 4, each ended by a NUL.
    """

    def __init__(self, folder):
        self.events = []
        self.waiting = b""
        self.number = 0
        reads, self.to_browser = _pipe()
        self.from_browser, writes = _pipe()
        self.process = os.posix_spawn(
            chromium(),
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--remote-debugging-pipe",
                f"--user-data-dir={folder}",
                "about:blank",
            ],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, reads, 3),
                (os.POSIX_SPAWN_DUP2, writes, 4),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
            setpgroup=0,
        )
        os.close(reads)
        os.close(writes)
        self.session = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.look()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.to_browser)
        os.close(self.from_browser)

    def send(self, method, **parameters):
        """Ask for something, and wait for the answer; what happens meanwhile is kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        _write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path, fragment=""):
        """Open a report, and wait until its table is there."""
        self.events.clear()
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=Path(path).resolve().as_uri() + fragment)
        self.wait("document.documentElement?.dataset.ready === 'yes'")

    def wait(self, condition):
        """Wait until a condition of the page's holds."""
        end = time.monotonic() + PATIENCE
        while not self.ask(f"Boolean({condition})"):
            assert time.monotonic() < end, f"{condition} did not come true: {self.complaints()}"
            time.sleep(0.02)

    def ask(self, expression):
        """The value of an expression in the page, which is awaited where it is a promise."""
        found = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def complaints(self):
        """What the page threw or complained of."""
        said = [event for event in self.events if event.get("method") in COMPLAINTS]
        return [
            json.dumps(event["params"])
            for event in said
            if event["method"] != "Log.entryAdded"
            or event["params"]["entry"]["level"] in ("error", "warning")
        ]

    def requests(self):
        """The addresses that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def sent(self):
        """The addresses of those requests that the page's policy did not stop."""
        stopped = {
            event["params"]["requestId"]
            for event in self.events
            if event.get("method") == "Network.loadingFailed"
            and event["params"].get("blockedReason") == "csp"
        }
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
            and event["params"]["requestId"] not in stopped
        ]

    def look(self, *, width=1280, height=900, dark=False):
        """Show the page at a size, in light or dark."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = "dark" if dark else "light"
        self.send(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def picture(self, *, whole=True):
        """What is to be seen, as PNG."""
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(shot["data"])

    def _next(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.waiting:
            ready, _, _ = select.select([self.from_browser], [], [], max(end - time.monotonic(), 0))
            assert ready, f"the browser said nothing for {PATIENCE} seconds"
            piece = os.read(self.from_browser, 1 << 20)
            assert piece, "the browser has ended"
            self.waiting += piece
        message, _, self.waiting = self.waiting.partition(b"\0")
        return json.loads(message)


COMPLAINTS = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")


def _pipe():
    """A pipe whose ends are away from the numbers that the browser expects."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20))
        os.close(end)
    return ends


def _write(end, message):
    while message:
        message = message[os.write(end, message) :]
