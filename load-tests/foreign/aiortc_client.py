"""Publishes by WHIP or plays by WHEP with aiortc: aiortc_client.py whip|whep URL TOKEN SECONDS."""

import asyncio
import fractions
import json
import math
import sys
import time

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from av import AudioFrame, VideoFrame

import frame_code
from http_ingest import Resource

FRAMES_PER_SECOND = 15
TONE_HERTZ = 600


class CounterCamera(MediaStreamTrack):
    kind = "video"

    def __init__(self):
        super().__init__()
        self.counter = 0
        self.started = time.time()

    async def recv(self):
        self.counter += 1
        await asyncio.sleep(max(0, self.started + self.counter / FRAMES_PER_SECOND - time.time()))
        frame = VideoFrame(640, 360, "yuv420p")
        raw = frame_code.i420(self.counter, int(time.time() * 1000))
        offset = 0
        for plane in frame.planes:
            rows = plane.buffer_size // plane.line_size
            width = 640 if offset == 0 else 320
            padding = b"\x80" * (plane.line_size - width)
            plane.update(b"".join(raw[offset + r * width : offset + (r + 1) * width] + padding for r in range(rows)))
            offset += rows * width
        frame.pts = self.counter * 90_000 // FRAMES_PER_SECOND
        frame.time_base = fractions.Fraction(1, 90_000)
        return frame


class ToneMicrophone(MediaStreamTrack):
    kind = "audio"

    def __init__(self):
        super().__init__()
        self.sent = 0
        self.started = time.time()

    async def recv(self):
        await asyncio.sleep(max(0, self.started + self.sent / 48_000 - time.time()))
        frame = AudioFrame(format="s16", layout="mono", samples=960)
        tone = [
            int(8_000 * math.sin(2 * math.pi * TONE_HERTZ * (self.sent + i) / 48_000)) for i in range(960)
        ]
        frame.planes[0].update(b"".join(s.to_bytes(2, "little", signed=True) for s in tone))
        frame.sample_rate = 48_000
        frame.pts = self.sent
        frame.time_base = fractions.Fraction(1, 48_000)
        self.sent += 960
        return frame


async def watch(track, seen):
    while True:
        frame = await track.recv()
        if track.kind == "video":
            plane = frame.reformat(format="yuv420p").planes[0]
            seen.frame(frame_code.read_luma(bytes(plane), plane.line_size, frame.width, frame.height))
        else:
            mono = frame.to_ndarray().reshape(-1)[:: len(frame.layout.channels)]
            seen.sound([int(sample) for sample in mono], frame.sample_rate)


async def run(role, url, token, seconds):
    peer = RTCPeerConnection()
    seen = frame_code.Seen()
    camera = None
    if role == "whip":
        camera = CounterCamera()
        peer.addTrack(camera)
        peer.addTrack(ToneMicrophone())
    else:
        peer.addTransceiver("video", direction="recvonly")
        peer.addTransceiver("audio", direction="recvonly")
    players = []
    peer.on("track", lambda track: players.append(asyncio.ensure_future(watch(track, seen))))
    await peer.setLocalDescription(await peer.createOffer())
    resource = await asyncio.to_thread(Resource, url, token, peer.localDescription.sdp)
    await peer.setRemoteDescription(RTCSessionDescription(resource.answer, "answer"))
    print(json.dumps({"at": "answered"}), flush=True)
    ends = time.time() + seconds
    while time.time() < ends:
        await asyncio.sleep(0.1)
        if peer.connectionState == "connected" and not seen.connected:
            seen.connected = True
            print(json.dumps({"at": "connected"}), flush=True)
    sent = 0
    for entry in (await peer.getStats()).values():
        if entry.type == "outbound-rtp":
            sent += entry.packetsSent
    ended = await asyncio.to_thread(resource.delete)
    for player in players:
        player.cancel()
    await peer.close()
    print(json.dumps({
        "at": "end", "connected": seen.connected, "packetsSent": sent,
        "framesSent": camera.counter if camera else 0, "frames": seen.frames,
        "damaged": seen.damaged, "backwards": seen.backwards, "audioFrames": seen.audio_frames,
        "toneHertz": round(seen.tone_hertz), "deleted": ended, "etag": bool(resource.etag),
    }), flush=True)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
