"""A gateway to a telephone network that is not there, with aiortc for the voice of its one caller:
telephone_gateway.py ORIGIN KEY HERTZ. Asks for calls all the time; does what it is told on its
input, one JSON object a line, and answers each on its output, where it also tells every change of
the calls and, twice a second, what its caller hears."""

import asyncio
import json
import sys
import urllib.error
import urllib.request

import numpy
from aiortc import RTCPeerConnection, RTCSessionDescription

import aiortc_client

EARS = 7
RATE = 48_000
"""Of the loudest tone in so many samples."""
WINDOW = 4_800


def tell(at, **more):
    print(json.dumps({"at": at, **more}, ensure_ascii=False), flush=True)


class Door:
    """What the gateway asks the server and says to it."""

    def __init__(self, origin, key):
        self.calls = origin + "/api/telephone/calls"
        self.key = key

    def ask(self, method, path="", body=None, kind="application/json"):
        data = None if body is None else (json.dumps(body) if kind == "application/json" else body).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
        request = urllib.request.Request(self.calls + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


class Caller:
    """The voice of who was called, and their ear: all that comes, mixed."""

    def __init__(self):
        self.peer = None
        self.players = []
        self.heard = {}

    async def connect(self, door, call):
        await self.close()
        self.peer = RTCPeerConnection()
        self.peer.on("track", lambda track: self.players.append(asyncio.ensure_future(self.listen(track))))
        self.peer.addTrack(aiortc_client.ToneMicrophone())
        for _ in range(EARS - 1):
            self.peer.addTransceiver("audio", direction="recvonly")
        await self.peer.setLocalDescription(await self.peer.createOffer())
        sdp = self.peer.localDescription.sdp
        status, answer = await asyncio.to_thread(door.ask, "POST", f"/{call}/media", sdp, "application/sdp")
        if status == 201:
            await self.peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        return status, answer if status != 201 else ""

    async def listen(self, track):
        while True:
            frame = await track.recv()
            samples = frame.to_ndarray().reshape(-1)[:: len(frame.layout.channels)]
            self.heard.setdefault(track.id, []).append(samples)

    async def packets(self):
        if not self.peer:
            return 0
        stats = (await self.peer.getStats()).values()
        return sum(entry.packetsReceived for entry in stats if entry.type == "inbound-rtp")

    def tones(self):
        """Each tone that stands out of what came since this was asked last, with its amplitude."""
        found = {}
        for parts in self.heard.values():
            samples = numpy.concatenate(parts)[-WINDOW:] if parts else numpy.zeros(0)
            parts.clear()
            if len(samples) < WINDOW:
                continue
            spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(WINDOW))) * 4 / WINDOW
            peak = int(spectrum.argmax())
            if spectrum[peak] > 100:
                found[str(peak * RATE // WINDOW)] = round(float(spectrum[peak]))
        return found

    async def close(self):
        for player in self.players:
            player.cancel()
        self.players.clear()
        self.heard.clear()
        if self.peer:
            await self.peer.close()
            self.peer = None


async def poll(door):
    seen = 0
    while True:
        status, text = await asyncio.to_thread(door.ask, "GET", f"?seen={seen}&wait=10")
        if status != 200:
            tell("refused", status=status)
            await asyncio.sleep(1)
            continue
        answer = json.loads(text)
        seen = answer["seen"]
        tell("calls", calls=answer["calls"])


async def measure(caller):
    while True:
        await asyncio.sleep(0.5)
        tell("sound", packets=await caller.packets(), tones=caller.tones())


async def obey(door, caller):
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        if order["do"] == "connect":
            status, text = await caller.connect(door, order["call"])
        elif order["do"] == "count":
            status, text = 200, json.dumps({"packets": await caller.packets()})
        elif order["do"] == "close":
            await caller.close()
            status, text = 200, ""
        else:
            status, text = await asyncio.to_thread(door.ask, "POST", order["path"], order["body"])
        body = json.loads(text) if text.startswith("{") else {}
        tell("done", id=order["id"], status=status, body=body)


async def run(origin, key):
    door, caller = Door(origin, key), Caller()
    asyncio.ensure_future(poll(door))
    asyncio.ensure_future(measure(caller))
    await obey(door, caller)
    await caller.close()


if __name__ == "__main__":
    aiortc_client.TONE_HERTZ = int(sys.argv[3])
    asyncio.run(run(sys.argv[1], sys.argv[2]))
