"""A desk whose searches are written down: the real bridge, screens and actions; no engine, no model, no index.

So a scene can have a passage that is only likely, or a table of facts, whatever the shipped figures make of a question.
"""

import asyncio
import json
import threading
from contextlib import contextmanager

import uvicorn

from actions.assistant import Assistant
from actions.escalation import Policy
from actions.replay import Episode
from handoff.app import bind, create_app
from handoff.engine import parse_reply
from handoff.settings import Settings
from tests.actions.turns import pressed, typed

TOKEN = "an inner token for tests only"


class ScriptedEngine:
    """Reads each text as the script says, and has the assistant answer it; buttons mean what they carry.

    `script`: by text, what Rasa would hand over besides it (`tests.actions.turns.typed`).
    """

    def __init__(self, script):
        # Each text is about something else than the others.
        self.script = {text: {"direction": n, **read} for n, (text, read) in enumerate(script.items())}
        self.episodes = {}
        self.assistant = Assistant(shop="Fell & Ford", policy=Policy())

    async def answer(self, turn):
        talk = self.episodes.setdefault((turn.conversation_id, turn.episode), Episode(self.assistant))
        latest = self.pressed(turn.payload) if turn.payload else typed(turn.text, **self.script[turn.text])
        messages = [message.model_dump(mode="json", exclude_none=True) for message in talk.take(latest)]
        return parse_reply(json.dumps([{"custom": message} for message in messages]).encode())

    @staticmethod
    def pressed(payload):
        act, _, entities = payload.removeprefix("/").partition("{")
        return pressed(act, json.loads("{" + entities)["passage"] if entities else None)

    async def forget(self, conversation_ids):
        pass

    async def close(self):
        pass


@contextmanager
def scripted_desk(folder, script, agent=None):
    """Serve it from `folder`; gives its address. `agent`: (e-mail, password) of somebody who may sign in."""
    settings = Settings(
        _env_file=None,
        inner_token=TOKEN,
        database_url=f"sqlite+aiosqlite:///{folder}/desk.sqlite3",
        hours="",
        redis_url="",
    )
    app = create_app(settings, engine=ScriptedEngine(script))
    listening = bind("127.0.0.1", 0)
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            if agent:
                await app.state.context.agents.add(*agent, name="Robin", role="admin")
            started.set()

    server = Server(uvicorn.Config(app, log_level="error", access_log=False, ws_per_message_deflate=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    assert started.wait(60), "the desk did not come up"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
