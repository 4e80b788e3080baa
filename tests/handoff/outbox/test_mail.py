"""Letters, through a real SMTP server."""

import asyncio

import pytest
from aiosmtpd.smtp import SMTP

from tests.handoff.conftest import running


class Mailbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
async def mailbox():
    box, loop = Mailbox(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, loop=loop), "127.0.0.1", 0)
    box.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield box
    server.close()


def text_of(letter):
    return letter.content.decode()


async def test_a_message_left_out_of_hours_is_answered_by_mail(sqlite_url, mailbox):
    async with running(sqlite_url, smtp_url=mailbox.url, hours="Mon-Fri 11:00-18:00") as bridge:
        shopper = await bridge.shopper()
        await shopper.say("Does the tent fit two?")
        await bridge.settled()
        await shopper.post("request-human")
        assert "we are back today at 11:00" in (await shopper.texts("system"))[-1]
        left = await shopper.post("leave-message", {"email": "Ann@Example.com", "text": "Please!", "client_id": "l"})
        assert left.json()["state"] == "message_left"
        assert "Ann@example.com" in (await shopper.texts("system"))[-1]
        agent = await bridge.agent()
        (line,) = await agent.queue()
        assert (line["state"], line["email"], line["last_message"]["text"]) == (
            "message_left",
            "Ann@example.com",
            "Please!",
        )
        await agent.must(shopper, "claim")
        await agent.reply(shopper, "Yes, two and a dog.")
        await bridge.context.courier.round()
        (letter,) = mailbox.letters
        assert letter.rcpt_tos == ["Ann@example.com"]
        assert "Yes, two and a dog." in text_of(letter)
        assert "> Does the tent fit two?" in text_of(letter)


async def test_the_transcript_is_mailed_on_request(sqlite_url, mailbox):
    async with running(sqlite_url, smtp_url=mailbox.url) as bridge:
        shopper = await bridge.shopper()
        await shopper.say("how long?")
        await bridge.settled()
        assert (await shopper.post("transcript", {"email": "ann@example.com"})).status_code == 200
        await bridge.context.courier.round()
        assert "how long?" in text_of(mailbox.letters[0])
        assert "/help/returns" in text_of(mailbox.letters[0])


async def test_a_mail_server_that_is_down_is_tried_again(sqlite_url, mailbox):
    async with running(sqlite_url, smtp_url="smtp://127.0.0.1:1") as bridge:
        shopper = await bridge.shopper()
        await shopper.post("transcript", {"email": "ann@example.com"})
        await bridge.context.courier.round()
        (kept,) = await bridge.context.store.outbox.of(shopper.id)
        assert kept.next_at is not None
        assert kept.error


async def test_without_mail_a_transcript_is_refused_and_a_message_still_kept(bridge):
    shopper = await bridge.shopper()
    refused = await shopper.post("transcript", {"email": "ann@example.com"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "mail_unavailable")
    assert (await shopper.post("leave-message", {"email": "ann@example.com"})).json()["state"] == "message_left"


@pytest.mark.parametrize(
    "body",
    [
        {"email": "not an address"},
        {"email": "a@b\r\nBcc: everybody@example.com"},
        {"email": "ann@example.com", "text": "no id"},
        {"email": "ann@example.com", "client_id": "x"},
        {},
    ],
)
async def test_addresses_that_are_refused(bridge, body):
    shopper = await bridge.shopper()
    assert (await shopper.post("leave-message", body)).status_code == 422
    assert (await shopper.read())["state"] == "bot"
