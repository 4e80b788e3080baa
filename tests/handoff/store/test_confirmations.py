"""Which passage answers which question, in the words of those who had it: kept, taken back, erased."""

import pytest

from handoff.engine import EngineReply
from handoff.masking import mask_personal
from handoff.wire import Confirmed, EngineMessage, TurnReport
from tests.handoff.conftest import running
from tests.handoff.fakes import ANSWER, FakeEngine

QUESTION = "how long do I have, I am jo@shop.test"
KEPT = "how long do I have, I am …"
PASSAGE = ANSWER.passage_id


class Assistant(FakeEngine):
    """Shows one passage: surely, likely where the text says so; and says of some texts what they say of it."""

    def reply(self, turn):
        if turn.text == "the first one":
            confirmed = Confirmed(kind="choice", question=QUESTION, passage_id=PASSAGE, index_version="v1")
            return self.told(turn, confirmed=confirmed, question=QUESTION)
        if turn.text == "not that":
            return self.told(turn, refused=PASSAGE)
        return self.told(turn, question=turn.text or None)

    def told(self, turn, **said):
        answer = ANSWER.model_copy(update={"likely": "likely" in turn.text})
        report = TurnReport(intent="ask", intent_confidence=0.9, index_version="v1", passage_ids=[PASSAGE], **said)
        return EngineReply((EngineMessage(text="Here:", answer=answer),), None, report)


@pytest.fixture
async def bridge(database_url):
    async with running(database_url, engine=Assistant()) as started:
        yield started


@pytest.fixture
async def shopper(bridge):
    return await bridge.shopper()


async def kept(bridge, shopper):
    found = await bridge.context.store.confirmations.of(shopper.id)
    return [(one.kind, one.question, one.passage_id) for one in found]


async def say(bridge, shopper, text):
    """Say something; gives the seq of the reply."""
    await shopper.say(text)
    await bridge.settled()
    return (await shopper.events())[-1]["seq"]


async def test_a_heading_taken_is_kept_with_the_turn_and_taken_back_by_the_next(bridge, shopper):
    await say(bridge, shopper, "the first one")
    assert await kept(bridge, shopper) == [("choice", KEPT, PASSAGE)]
    (row,) = await bridge.context.store.confirmations.of(shopper.id)
    assert (row.at, row.index_version) == (bridge.clock(), "v1")
    await say(bridge, shopper, "not that")
    assert await kept(bridge, shopper) == []


async def test_a_yes_and_that_it_helped_are_two_kinds(bridge, shopper):
    likely, sure = await say(bridge, shopper, "likely?"), await say(bridge, shopper, QUESTION)
    for seq in (likely, sure):
        await shopper.post("feedback", {"seq": seq, "helpful": True})
    assert await kept(bridge, shopper) == [("yes", "likely?", PASSAGE), ("thanks", KEPT, PASSAGE)]


async def test_who_thinks_again_takes_it_back(bridge, shopper):
    seq = await say(bridge, shopper, QUESTION)
    for helpful, count in ((True, 1), (True, 1), (False, 0)):
        await shopper.post("feedback", {"seq": seq, "helpful": helpful})
        await bridge.settled()
        assert len(await kept(bridge, shopper)) == count


async def test_a_late_yes_is_for_the_question_that_was_asked_then(bridge, shopper):
    seq = await say(bridge, shopper, QUESTION)
    await say(bridge, shopper, "something else")
    await shopper.post("feedback", {"seq": seq, "helpful": True})
    assert await kept(bridge, shopper) == [("thanks", KEPT, PASSAGE)]


@pytest.fixture
async def agent(bridge, shopper):
    await say(bridge, shopper, QUESTION)
    await say(bridge, shopper, "hm ok")
    await shopper.post("request-human")
    agent = await bridge.agent()
    await agent.must(shopper, "claim")
    return agent


async def test_a_passage_that_an_agent_gives_answers_what_was_asked(bridge, shopper, agent):
    reply = {"client_id": "r", "text": "Sixty days.", "passages": [PASSAGE, PASSAGE], "index_version": "v2"}
    for _ in range(2):
        await agent.must(shopper, "replies", reply)
    assert await kept(bridge, shopper) == [("agent_link", KEPT, PASSAGE)]
    exported = await bridge.context.erasure.export(shopper.id, who="test")
    assert exported["confirmed"] == [{"question": KEPT, "passage_id": PASSAGE, "kind": "agent_link"}]


async def test_an_agents_word_is_not_the_shoppers_to_take_back(bridge, shopper, agent):
    await agent.must(shopper, "replies", {"client_id": "r", "text": "Sixty days.", "passages": [PASSAGE]})
    await agent.must(shopper, "return")
    await say(bridge, shopper, "not that")
    assert [kind for kind, *_ in await kept(bridge, shopper)] == ["agent_link"]


async def test_a_reply_in_the_agents_own_words_teaches_nothing(bridge, shopper, agent):
    await agent.reply(shopper, "Sixty days.")
    assert await kept(bridge, shopper) == []


async def test_it_goes_with_its_conversation(bridge, shopper):
    await say(bridge, shopper, "the first one")
    await bridge.context.erasure.erase([shopper.id], who="test")
    assert await kept(bridge, shopper) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail it to jo.b+x@my-shop.co.uk please", "mail it to … please"),
        ("where is FF-482913?", "where is …?"),
        ("call +44 (0)20 7946 0958 now", "call … now"),
        ("do you deliver to 560034", "do you deliver to …"),
        ("is the 20000 mAh one 80 x 200 cm, for 149.00?", "is the 20000 mAh one 80 x 200 cm, for 149.00?"),
    ],
)
def test_what_tells_whose_a_question_was_is_masked(text, kept):
    assert mask_personal(text) == kept
