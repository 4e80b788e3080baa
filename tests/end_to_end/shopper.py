"""A shopper without a browser: the public wire over HTTP, as any client may use it."""

import time
import uuid

import httpx

REPLY_S = 25


class Shopper:
    """One conversation, opened on creation; `events` grows as they are read."""

    def __init__(self, base_url, page=None):
        self.http = httpx.Client(base_url=f"{base_url}/api/v1", timeout=40)
        opened = self.http.post("/conversations", json={"page": page} if page else {}).raise_for_status().json()
        self._take(opened["conversation_id"], opened["token"])

    @classmethod
    def resume(cls, base_url, conversation_id, token):
        """A conversation that a browser opened."""
        shopper = cls.__new__(cls)
        shopper.http = httpx.Client(base_url=f"{base_url}/api/v1", timeout=40)
        shopper._take(conversation_id, token)
        shopper.read()
        return shopper

    def _take(self, conversation_id, token):
        self.id = conversation_id
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.events = []

    def say(self, text, client_id=None):
        body = {"client_id": client_id or str(uuid.uuid4()), "text": text}
        return self.http.post(f"/conversations/{self.id}/messages", json=body)

    def request_human(self):
        return self.http.post(f"/conversations/{self.id}/request-human").raise_for_status()

    def read(self, wait=0):
        """Read what is new; gives just that."""
        after = self.events[-1]["seq"] if self.events else 0
        answer = self.http.get(f"/conversations/{self.id}/events", params={"after": after, "wait": wait})
        new = [event for event in answer.raise_for_status().json()["events"] if event.get("seq")]
        self.events += new
        return new

    def wait_for(self, wanted, limit_s=REPLY_S):
        """Read until an event is `wanted`; gives it."""
        seen, deadline = 0, time.monotonic() + limit_s
        while True:
            for event in self.events[seen:]:
                if wanted(event):
                    return event
            seen = len(self.events)
            assert time.monotonic() < deadline, f"never came; seen: {self.events}"
            self.read(wait=2)

    def ask(self, text):
        """Say something and give the assistant's reply to it."""
        seq = self.say(text).raise_for_status().json()["seq"]
        return self.wait_for(lambda event: event["seq"] > seq and event["type"] == "message" and event["from"] == "bot")

    def close(self):
        """Leave the queue, so that the next scene finds it empty; a chat that is over has left it already."""
        left = self.http.post(f"/conversations/{self.id}/withdraw")
        assert left.status_code in (200, 409), left.text
        self.http.close()
