"""A mail server of the test's own, and the letters that came to it."""

import time

from aiosmtpd.controller import Controller

ARRIVES_S = 20


class Mailbox:
    """Takes every letter; `letters` are (to, text)."""

    def __init__(self, port):
        self.letters = []
        self.url = f"smtp://127.0.0.1:{port}"
        self.controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.letters.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 kept"

    def await_letter(self, to):
        """Wait for a letter to this address; gives its text."""
        deadline = time.monotonic() + ARRIVES_S
        while True:
            for address, text in list(self.letters):
                if address == to:
                    return text
            assert time.monotonic() < deadline, f"no letter came to {to}: {self.letters}"
