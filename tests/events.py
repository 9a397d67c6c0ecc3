"""Listening to /api/v1/events: what changed, as it is told."""
import json
import queue
import socket
import threading
import time

import requests

SOON = 2.0


class Events:
    def __init__(self, api):
        self.heard = queue.Queue()
        self.ended = threading.Event()
        self.response = api.session.get(api.base + "/api/v1/events", stream=True, timeout=60)
        assert self.response.status_code == 200, self.response.text
        assert self.response.headers["Content-Type"] == "text/event-stream"
        self.socket = self.response.raw.connection.sock
        threading.Thread(target=self.read, daemon=True).start()
        assert self.heard.get(timeout=5) == "retry: 3000"

    def read(self):
        try:
            for line in self.response.iter_lines(decode_unicode=True):
                if line and not line.startswith(":"):
                    self.heard.put(line)
        except requests.RequestException:
            pass
        self.ended.set()

    def next(self, seconds=SOON):
        """The next change, as (noun, ids)."""
        until = time.monotonic() + seconds
        while True:
            line = self.heard.get(timeout=max(0.01, until - time.monotonic()))
            if line.startswith("data: "):
                data = json.loads(line[6:])
                return data["noun"], data["ids"]

    def until(self, noun, id_):
        """Passes over others until this is heard of."""
        while True:
            heard, ids = self.next()
            if heard == noun and id_ in ids:
                return

    def silent(self, seconds=0.5):
        time.sleep(seconds)
        return self.heard.empty()

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the server was first
