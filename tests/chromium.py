"""A headless Chromium that tests drive through a pipe, by the browser's own protocol; it may reach nothing but files.

No driver and no package are needed: messages are JSON with a NUL between them, on the descriptors 3 and 4.
Source: Chrome DevTools Protocol, --remote-debugging-pipe.
"""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from base64 import b64decode
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 60.0  # s for an answer of the browser
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-dev-shm-usage", "--remote-debugging-pipe",
    "--disable-background-networking", "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


def found():
    """The browser there is; None when there is none."""
    named = os.environ.get("NAVDRILL_BROWSER")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with one page. complaints: what scripts threw and what the console was told, errors and refusals."""

    def __init__(self, path):
        self._profile = tempfile.mkdtemp(prefix="navdrill-browser-")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        self._last, self._buffer, self.complaints, self.asked = 0, b"", [], []

        def wired():
            os.dup2(to_read, 1003)
            os.dup2(to_write, 1004)
            os.dup2(1003, 3)
            os.dup2(1004, 4)

        self._process = subprocess.Popen([path, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"], preexec_fn=wired,  # noqa: PLW1509
                                         close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self._session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **given):
        """Asks and waits for the answer."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": given}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        number = self._last
        while True:
            told = self._next()
            if told.get("id") == number:
                assert "error" not in told, (method, told["error"])
                return told["result"]

    def _next(self):
        """The next message; events are noted on the way."""
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            assert select.select([self._read], [], [], max(0.0, until - time.monotonic()))[0], (
                "the browser is silent"
            )
            piece = os.read(self._read, 1 << 20)
            assert piece, "the browser is gone"
            self._buffer += piece
        text, self._buffer = self._buffer.split(b"\0", 1)
        told = json.loads(text)
        kind, given = told.get("method"), told.get("params", {})
        if kind == "Runtime.exceptionThrown":
            self.complaints.append(
                given["exceptionDetails"].get("exception", {}).get("description") or str(given)
            )
        elif kind == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(given["args"]))
        elif kind == "Log.entryAdded" and given["entry"]["level"] in ("error", "warning"):
            self.complaints.append(given["entry"]["text"])
        elif kind == "Network.requestWillBeSent":
            self.asked.append(given["request"]["url"])
        elif kind == "Page.loadEventFired":
            self._loaded = True
        return told

    def open(self, path):
        """Opens a file and waits until it is there."""
        self._loaded = False
        self.call("Page.navigate", url=Path(path).resolve().as_uri())
        while not self._loaded:
            self._next()

    def run(self, script):
        """The value of an expression in the page; promises are waited for."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, (
            found["exceptionDetails"].get("exception", {}).get("description")
        )
        return found["result"].get("value")

    def size(self, wide, high, dark=False):
        """The window, px, and the colours its owner likes."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=False
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def key(self, name, code=0, text=""):
        """Presses and lets go of a key."""
        more = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=name, windowsVirtualKeyCode=code, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    def click(self, x, y):
        """Clicks at a place, px."""
        for what in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=what, x=x, y=y, button="left", clickCount=1)

    def shot(self, path, whole=False):
        """A picture of what the window shows, or of the whole page."""
        Path(path).write_bytes(
            b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"])
        )

    def pdf(self, path=None):
        """The page as it prints."""
        data = b64decode(
            self.call("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)["data"]
        )
        if path is not None:
            Path(path).write_bytes(data)
        return data

    def close(self):
        """Ends the browser and takes away what it wrote."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._profile, ignore_errors=True)
