"""Sockets of shoppers and agents, as clients hold them."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


class Wire:
    """A socket that speaks JSON; `until` reads on to the first frame that fits."""

    def __init__(self, socket):
        self.socket = socket
        self.seen = []

    async def send(self, **frame):
        await self.socket.send(json.dumps(frame))

    async def next(self):
        self.seen.append(json.loads(await asyncio.wait_for(self.socket.recv(), 10)))
        return self.seen[-1]

    async def until(self, **wanted):
        while True:
            frame = await self.next()
            if all(frame.get(k) == v for k, v in wanted.items()):
                return frame


@asynccontextmanager
async def shopper_wire(bridge, shopper, after=0, **headers):
    async with connect(f"ws://{bridge.address}/api/v1/shopper", **headers) as socket:
        wire = Wire(socket)
        with suppress(ConnectionClosed):  # a foreign site is turned away before it can say anything
            await wire.send(type="hello", conversation_id=shopper.id, token=shopper.token, after=after)
        yield wire


@asynccontextmanager
async def agent_wire(bridge, agent, **headers):
    cookie = f"cornerdesk_session={agent.cookie}"
    async with connect(
        f"ws://{bridge.address}/api/v1/agent", additional_headers={"Cookie": cookie}, **headers
    ) as socket:
        yield Wire(socket)
