"""Where one thing said ends and the next begins."""

import unittest

from bot.components.parts import MAX_PARTS, parts_of


class Parts(unittest.TestCase):
    def test_two_things_said_are_two_parts(self):
        self.assertEqual(parts_of("My tent leaks! can I talk to someone"), ["My tent leaks", "can I talk to someone"])
        self.assertEqual(parts_of("the tent is fine but call me back"), ["the tent is fine", "call me back"])

    def test_one_thing_said_has_no_parts(self):
        for text in ("where is my parcel", "ok. where is it", "", "???", "but"):
            self.assertEqual(parts_of(text), [], text)

    def test_rage_is_read_up_to_a_point(self):
        self.assertEqual(len(parts_of("give it back. " * 200)), MAX_PARTS)
