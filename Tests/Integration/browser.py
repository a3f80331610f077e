"""A headless Chromium, spoken to over its debugging pipe: prints, measures, and tells what it asked the network for."""
import base64
import json
import os
import shutil
import subprocess
import tempfile


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="nape-browser")
        here, their_write = os.pipe()
        their_read, self.commands = os.pipe()
        # Chromium reads commands from 3 and answers on 4; neither end may be one of them before.
        ends = [os.dup(their_read), os.dup(their_write)]
        while min(ends) < 5:
            ends = [os.dup(end) for end in ends]

        def arrange():
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={self.folder}", "--disable-background-networking", "--disable-component-update",
             "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=arrange, pass_fds=(3, 4), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for end in ends + [their_read, their_write]:
            os.close(end)
        self.answers = os.fdopen(here, "rb")
        self.number = 0
        self.session = None
        self.requests = []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self):
        message = bytearray()
        while (byte := self.answers.read(1)) != b"\0":
            assert byte, "the browser has gone"
            message += byte
        message = json.loads(message)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message

    def call(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while (message := self._read()).get("id") != self.number:
            pass
        assert "error" not in message, message
        return message["result"]

    def open(self, path):
        self.call("Page.navigate", url=path.as_uri())
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def evaluate(self, script):
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def look(self, width, media="screen", scale=1):
        """As on a screen, or on paper, so many CSS pixels wide."""
        self.call("Emulation.setEmulatedMedia", media=media)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=scale, mobile=False)

    def use_font(self, name):
        self.evaluate(
            "{const s=document.createElement('style');s.textContent=`body{font-family:'%s',sans-serif!important}`;"
            "document.head.append(s)}" % name)

    def pdf(self, width, height):
        """In inches; the margins are those of the page itself."""
        self.call("Emulation.setEmulatedMedia", media="")
        self.call("Emulation.clearDeviceMetricsOverride")
        return base64.b64decode(self.call(
            "Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=True)["data"])

    def picture(self):
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])
