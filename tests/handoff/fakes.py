"""An engine and a clock that do as they are told.

`python -m tests.handoff.fakes` serves a bridge with the fake engine, to work on screens without the other processes.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from handoff.engine import EngineReply
from handoff.errors import EngineFailure
from handoff.wire import Answer, Brief, Choice, EngineMessage, HandoffOrder, Tried, TurnReport

ANSWER = Answer(
    passage_id="returns#how-long",
    passage="You can send anything back within **60 days** of delivery. See [how](/help/returns/how).",
    page_title="Returns",
    heading="How long do I have?",
    url="/help/returns/returns#how-long-do-i-have",
    updated="2026-10-01",
    index_version="fake",
    probability=0.91,
    more="You can send anything back within **60 days** of delivery.\n\n- unused\n- with its label",
)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_s(self, seconds):
        self.now += timedelta(seconds=seconds)


class FakeEngine:
    """Answers by what the text begins with; `hold` keeps it thinking until set."""

    def __init__(self):
        self.turns = []
        self.hold = None
        self.busy = {}
        self.most_busy = 0
        self.forgotten = []
        self.away = False

    async def answer(self, turn):
        self.turns.append(turn)
        key = turn.conversation_id
        self.busy[key] = self.busy.get(key, 0) + 1
        self.most_busy = max(self.most_busy, self.busy[key])
        try:
            if self.hold is not None:
                await self.hold.wait()
            else:
                await asyncio.sleep(0)
            return self.reply(turn)
        finally:
            self.busy[key] -= 1

    def reply(self, turn):
        told = turn.payload or turn.text
        report = TurnReport(intent="ask", intent_confidence=0.9, verdict="answer", entities={"place": ["Norway"]})
        if told.startswith("fail"):
            raise EngineFailure("The engine was told to fail.")
        if told.startswith(("person", "/request_human")):
            return self.hand_off(turn, report)
        if told.startswith("which"):
            choices = [Choice(label="Tents", payload="/choose{}"), Choice(label="A person", payload="/request_human")]
            report = report.model_copy(update={"verdict": "clarify"})
            return EngineReply((EngineMessage(text="Which do you mean?", choices=choices),), None, report)
        if told.startswith("unknown"):
            report = report.model_copy(update={"verdict": "unknown"})
            return EngineReply((EngineMessage(text="I have no page about that."),), None, report)
        return EngineReply((EngineMessage(text=f"echo {told}", answer=ANSWER),), None, report)

    @staticmethod
    def hand_off(turn, report):
        brief = Brief(wants=turn.text, tried=[Tried(question=turn.text)])
        order = HandoffOrder(reason="asked", brief=brief)
        return EngineReply((EngineMessage(text="I am fetching a person."),), order, report)

    async def forget(self, conversation_ids):
        if self.away:
            raise EngineFailure("The engine was told to be away.")
        self.forgotten += conversation_ids

    async def close(self):
        pass


def main():
    import uvicorn

    from handoff.app import bind, create_app
    from handoff.settings import read_settings

    settings = read_settings()
    listening = bind(settings.host, settings.port)
    print(f"http://{settings.host}:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(create_app(settings, engine=FakeEngine()), log_level="info", ws_per_message_deflate=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
