"""Whatever shoppers, agents and the assistant do at once, against a model that only knows the table."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handoff.conversation import TABLE, Move
from tests.handoff.conftest import running

AGENTS = ("Robin", "Kim")
agents = st.sampled_from(AGENTS)


class DeskMachine(RuleBasedStateMachine):
    """One conversation, two agents, and an assistant that can be kept thinking."""

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.context = running(f"sqlite+aiosqlite:///{Path(self.folder.name)}/desk.sqlite3", rate_limits="off")
        self.state, self.owner, self.said, self.replied = "bot", None, [], []

    def do(self, work):
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self):
        self.bridge = self.do(self.context.__aenter__())
        self.shopper = self.do(self.bridge.shopper())
        self.people = {name: self.do(self.bridge.agent(name)) for name in AGENTS}

    def moved(self, move, owner=None):
        self.state = TABLE[self.state][move].target
        self.owner = owner

    @rule(again=st.booleans())
    def shopper_writes(self, again):
        client_id = f"s{len(self.said) - 1}" if again and self.said else f"s{len(self.said)}"
        seq = self.do(self.shopper.say(f"text {client_id}", client_id=client_id))
        if (client_id, seq) in self.said:
            return
        assert client_id not in dict(self.said)
        self.said.append((client_id, seq))
        if self.state == "resolved":
            self.moved(Move.REOPEN)

    @precondition(lambda self: self.bridge.engine.hold is None)
    @rule()
    def assistant_thinks(self):
        self.bridge.engine.hold = asyncio.Event()

    @rule()
    def assistant_answers(self):
        if self.bridge.engine.hold is not None:
            self.bridge.engine.hold.set()
            self.bridge.engine.hold = None
        self.do(self.bridge.settled())

    @rule()
    def shopper_asks_for_a_person(self):
        assert self.do(self.shopper.post("request-human")).status_code == 200
        if self.state == "resolved":
            self.moved(Move.REOPEN)
        if self.state == "bot":
            self.moved(Move.REQUEST)

    @rule()
    def shopper_goes_back(self):
        status = self.do(self.shopper.post("withdraw")).status_code
        assert status == (200 if self.state in ("bot", "waiting") else 409)
        if self.state == "waiting":
            self.moved(Move.WITHDRAW)

    @rule()
    def shopper_leaves_a_message(self):
        if self.state in ("waiting", "bot"):
            self.do(self.shopper.post("leave-message", {"email": "ann@example.com"}))
            if self.state == "bot":
                self.moved(Move.REQUEST)
            self.moved(Move.LEAVE_MESSAGE)

    @rule()
    def both_claim_at_once(self):
        async def claim():
            return await asyncio.gather(*(p.post(self.shopper, "claim") for p in self.people.values()))

        won = [name for name, answer in zip(AGENTS, self.do(claim()), strict=True) if answer.status_code == 200]
        if self.state == "assigned":
            assert won == [self.owner]
        elif self.state in ("waiting", "message_left"):
            assert len(won) == 1
            self.moved(Move.CLAIM, won[0])
        else:
            assert won == []

    @rule(name=agents, again=st.booleans())
    def agent_replies(self, name, again):
        mine = [r for r in self.replied if r[0].startswith(name)]
        client_id = mine[-1][0] if again and mine else f"{name}{len(self.replied)}"
        body = {"client_id": client_id, "text": f"reply {client_id}"}
        answer = self.do(self.people[name].post(self.shopper, "replies", body))
        if again and mine:
            assert answer.json()["seq"] == mine[-1][1]
        elif self.owner == name:
            self.replied.append((client_id, answer.json()["seq"]))
        else:
            assert answer.status_code == 409

    @rule(name=agents, verb=st.sampled_from(["release", "return", "resolve"]))
    def agent_hands_on(self, name, verb):
        answer = self.do(self.people[name].post(self.shopper, verb))
        assert (answer.status_code == 200) == (self.owner == name)
        if self.owner == name:
            self.moved(Move(verb))

    @precondition(lambda self: self.state == "assigned")
    @rule()
    def agents_go_home(self):
        self.bridge.clock.pass_s(60)
        owed = self.do(self.people["Robin"].http.get("/api/v1/session")).status_code == 200 and self.owner == "Kim"
        waits = self.do(self.bridge.context.store.chats.find(self.shopper.id)).unanswered_since is not None
        self.do(self.bridge.context.presence.requeue_left_chats())
        if owed and waits:
            self.moved(Move.RELEASE)

    @invariant()
    def the_story_holds(self):
        if not hasattr(self, "bridge"):
            return
        read = self.do(self.shopper.read())
        events = read["events"]
        assert read["state"] == self.state
        assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
        stored = [(e["client_id"], e["seq"]) for e in events if e.get("client_id")]
        assert sorted(stored) == sorted(self.said + self.replied)
        state = "bot"
        for event in events:
            state = event["state"] if event["type"] == "state" else state
            assert event.get("from") != "bot" or state == "bot", "the assistant spoke over a person"

    def teardown(self):
        if hasattr(self, "bridge"):
            self.assistant_answers()
            if self.state == "bot":
                last = [e for e in self.do(self.shopper.events()) if e["type"] in ("message", "state")]
                assert not last or last[-1].get("from") != "shopper", "a shopper was left without a word"
            self.do(self.context.__aexit__(None, None, None))
        self.loop.close()
        self.folder.cleanup()


TestDeskMachine = DeskMachine.TestCase
TestDeskMachine.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
