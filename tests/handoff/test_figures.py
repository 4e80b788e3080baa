from handoff.figures import Counted, figures


async def test_the_figures_of_the_day(either_bridge):
    lead, agent = await either_bridge.agent("Lee", role="lead"), await either_bridge.agent()
    alone, helped = await either_bridge.shopper(), await either_bridge.shopper()
    await alone.say("how long do I have?")
    await helped.say("how long do I have?")
    await either_bridge.settled()
    await helped.post("request-human")
    either_bridge.clock.pass_s(60)
    await agent.must(helped, "claim")
    await agent.reply(helped, "Sixty days.")
    await agent.must(helped, "resolve", {"disposition": "solved"})
    await helped.post("rating", {"score": 4})
    seen = (await lead.http.get("/api/v1/figures")).json()
    assert (seen["handoffs"], seen["resolved"], seen["answered_share"]) == (1, 1, 0.5)
    assert (seen["rating_mean"], seen["rating_count"], seen["first_reply_p50_s"]) == (4.0, 1, 60.0)
    assert (await agent.http.get("/api/v1/figures")).status_code == 403


def test_nothing_counted_is_not_zero():
    empty = figures(Counted(waited_s=(), handoffs=0, resolved=0, conversations=0, without_handoff=0, ratings=()))
    assert (empty.first_reply_p50_s, empty.answered_share, empty.rating_mean) == (None, None, None)
    one = figures(Counted(waited_s=(7.0,), handoffs=1, resolved=0, conversations=1, without_handoff=1, ratings=(5,)))
    assert (one.first_reply_p50_s, one.first_reply_p90_s) == (7.0, 7.0)
