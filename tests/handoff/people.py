"""Shoppers and agents as clients: what they would send, and what they get."""

import itertools

numbers = itertools.count(1)


class ShopperClient:
    """One conversation over HTTP."""

    def __init__(self, http, conversation_id, token):
        self.http = http
        self.id = conversation_id
        self.token = token

    @classmethod
    async def open(cls, http, page=None):
        answer = await http.post("/api/v1/conversations", json={"page": page} if page else {})
        assert answer.status_code == 201, answer.text
        return cls(http, answer.json()["conversation_id"], answer.json()["token"])

    async def post(self, verb, body=None, *, token=None):
        headers = {"Authorization": f"Bearer {token or self.token}".encode()}
        return await self.http.post(f"/api/v1/conversations/{self.id}/{verb}", json=body, headers=headers)

    async def say(self, text, client_id=None, **more):
        body = {"client_id": client_id or f"m{next(numbers)}", "text": text, **more}
        answer = await self.post("messages", body)
        assert answer.status_code == 202, answer.text
        return answer.json()["seq"]

    async def read(self, after=0, wait=0):
        headers = {"Authorization": f"Bearer {self.token}"}
        address = f"/api/v1/conversations/{self.id}/events"
        answer = await self.http.get(address, params={"after": after, "wait": wait}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def events(self, after=0):
        return (await self.read(after))["events"]

    async def texts(self, who=None):
        """What was said, by everybody or by one."""
        said = [e for e in await self.events() if e["type"] == "message"]
        return [e["text"] for e in said if who is None or e["from"] == who]


class AgentClient:
    """One agent over HTTP, signed in."""

    def __init__(self, http, session):
        self.http = http
        self.id = session["agent"]["id"]
        self.cookie = http.cookies["cornerdesk_session"]
        self.csrf = {"X-CSRF-Token": session["csrf"]}

    @classmethod
    async def sign_in(cls, http, email, password):
        answer = await http.post("/api/v1/session", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return cls(http, answer.json())

    async def post(self, chat, verb, body=None):
        return await self.http.post(f"/api/v1/conversations/{chat.id}/{verb}", json=body, headers=self.csrf)

    async def must(self, chat, verb, body=None):
        answer = await self.post(chat, verb, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def reply(self, chat, text, client_id=None):
        return (await self.must(chat, "replies", {"client_id": client_id or f"r{next(numbers)}", "text": text}))["seq"]

    async def queue(self):
        answer = await self.http.get("/api/v1/queue")
        assert answer.status_code == 200, answer.text
        return answer.json()["conversations"]

    async def transcript(self, chat):
        answer = await self.http.get(f"/api/v1/conversations/{chat.id}")
        assert answer.status_code == 200, answer.text
        return answer.json()
