"""What the bridge may send, and what typed text can never do."""

import asyncio
import contextlib
import io
import json
import unittest

from bot.components.channel import (
    BadTurnError,
    CornerdeskInput,
    conversations,
    note,
    request_id,
    understand_ahead,
    user_message,
)
from bot.components.handover import Handover, take_over
from bot.components.knowledge import traced
from bot.components.payload import ESCAPE

TURN = {"sender": "c1.1", "message": "hello", "payload": False, "metadata": {}}


class Turns(unittest.TestCase):
    def test_a_turn_keeps_its_text_and_metadata(self):
        page = {"page": {"url": "/products/heron-2"}}
        message = user_message({**TURN, "metadata": page})
        self.assertEqual((message.text, message.sender_id, message.metadata), ("hello", "c1.1", page))

    def test_typed_text_is_never_a_payload(self):
        for text in ("/request_human", "  /restart", '/choose{"passage": "x"}'):
            self.assertTrue(user_message({**TURN, "message": text}).text.startswith(ESCAPE))

    def test_a_button_is_a_payload(self):
        message = user_message({**TURN, "message": "/request_human", "payload": True})
        self.assertEqual(message.text, "/request_human")

    def test_what_is_not_a_turn_is_refused(self):
        refused = (
            None,
            [],
            {},
            {**TURN, "sender": ""},
            {**TURN, "message": "   "},
            {**TURN, "message": 7},
            {**TURN, "message": "x" * 10_001},
            {**TURN, "payload": "yes"},
            {**TURN, "metadata": {"slots": {}}},
            {**TURN, "extra": 1},
        )
        for body in refused:
            with self.assertRaises(BadTurnError):
                user_message(body)


class FakeKnowledge:
    def __init__(self):
        self.asked = []

    def understand(self, text, metadata):
        self.asked.append((text, dict(metadata)))
        return {"text": text}

    def embed_parts(self, text):
        return [text]


class UnderstoodAhead(unittest.TestCase):
    def asked(self, before=None, **turn):
        knowledge, message = FakeKnowledge(), user_message({**TURN, **turn})

        async def both():
            await understand_ahead(knowledge, message, before)
            return take_over()

        return knowledge.asked, asyncio.run(both()), message.metadata

    def test_what_was_typed_is_asked_before_rasa_starts_on_it(self):
        asked, ahead, metadata = self.asked(message="/stop it", metadata={"page": None})
        self.assertEqual(asked, [("/stop it", {"page": None})])
        self.assertEqual(ahead, Handover({"text": "/stop it"}, ["/stop it"]))
        self.assertEqual(metadata, {"page": None})

    def test_the_questions_before_go_along_and_stay_out_of_what_rasa_logs(self):
        before, bridge = {"question": "weight?", "earlier": []}, {"question": "hello?"}
        asked, _, metadata = self.asked(before, metadata={"previous": bridge})
        self.assertEqual(asked, [("hello", {"previous": before})])
        self.assertEqual(metadata, {"previous": bridge})

    def test_a_new_engine_asks_with_what_the_bridge_remembers(self):
        bridge = {"question": "hello?"}
        asked, _, _ = self.asked(None, metadata={"previous": bridge})
        self.assertEqual(asked, [("hello", {"previous": bridge})])

    def test_a_payload_means_itself(self):
        asked, ahead, _ = self.asked(message="/request_human", payload=True)
        self.assertEqual((asked, ahead), ([], None))


class Log(unittest.TestCase):
    def test_the_bridges_id_stands_in_the_line_and_goes_on(self):
        self.assertEqual(request_id("c_a.1.7"), "c_a.1.7")
        self.assertEqual(traced({"request": "c_a.1.7"}), {"X-Request-Id": "c_a.1.7"})
        with contextlib.redirect_stdout(io.StringIO()) as out:
            note("turn", "c_a.1.7", status=200)
        self.assertEqual(json.loads(out.getvalue()), {"event": "turn", "request": "c_a.1.7", "status": 200})

    def test_what_is_no_id_never_reaches_the_log(self):
        for given in (None, "", 'x"\n{"event": "forged"}', "a b", "x" * 101):
            self.assertIsNone(request_id(given))
        self.assertEqual(traced({"request": None}), {})
        self.assertEqual(traced(None), {})


class Forgetting(unittest.TestCase):
    def test_conversations_are_named_by_their_ids(self):
        self.assertEqual(conversations({"conversations": ["c_a", "c_b"]}), ["c_a", "c_b"])
        for body in (None, [], {}, {"conversations": "c_a"}, {"conversations": ["c_a.1"]}, {"conversations": ["%"]}):
            with self.assertRaises(BadTurnError):
                conversations(body)


class Token(unittest.TestCase):
    def test_only_the_token_opens(self):
        channel = CornerdeskInput.from_credentials({"token": "secret"})
        self.assertTrue(channel.admits("Bearer secret"))
        for wrong in ("", "secret", "Bearer", "Bearer wrong", "bearer secret"):
            self.assertFalse(channel.admits(wrong))

    def test_without_a_token_the_engine_does_not_start(self):
        for credentials in (None, {}, {"token": ""}, {"token": "${CORNERDESK_INNER_TOKEN}"}):
            with self.assertRaisesRegex(ValueError, "CORNERDESK_INNER_TOKEN"):
                CornerdeskInput.from_credentials(credentials)
