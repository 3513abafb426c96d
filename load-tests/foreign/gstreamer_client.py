"""Publishes by WHIP or plays by WHEP with GStreamer's webrtcbin:
gstreamer_client.py whip|whep URL TOKEN SECONDS."""

import json
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

import frame_code  # noqa: E402
from http_ingest import Resource  # noqa: E402

FRAMES_PER_SECOND = 15
TONE_HERTZ = 500

PUBLISH = f"""
webrtcbin name=peer bundle-policy=max-bundle
appsrc name=camera is-live=true format=time do-timestamp=true
  caps=video/x-raw,format=I420,width=640,height=360,framerate={FRAMES_PER_SECOND}/1
  ! queue ! vp8enc deadline=1 target-bitrate=600000 keyframe-max-dist=300
  ! rtpvp8pay picture-id-mode=2 ! application/x-rtp,media=video,encoding-name=VP8,payload=96 ! peer.
audiotestsrc is-live=true freq={TONE_HERTZ} volume=0.3 ! audioconvert ! audioresample
  ! queue ! opusenc ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer.
"""


def description(kind, text):
    _, message = GstSdp.SDPMessage.new_from_text(text)
    return GstWebRTC.WebRTCSessionDescription.new(kind, message)


class Client:
    def __init__(self, role, url, token):
        self.role, self.url, self.token = role, url, token
        self.seen = frame_code.Seen()
        self.counter = 0
        self.buffers_out = 0
        self.resource = None
        self.loop = GLib.MainLoop()
        if role == "whip":
            self.pipeline = Gst.parse_launch(PUBLISH)
            self.peer = self.pipeline.get_by_name("peer")
        else:
            self.pipeline = Gst.Pipeline.new("play")
            self.peer = Gst.ElementFactory.make("webrtcbin", "peer")
            self.peer.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
            self.pipeline.add(self.peer)
            for caps in (
                "application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000",
                "application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000,encoding-params=(string)2",
            ):
                direction = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
                self.peer.emit("add-transceiver", direction, Gst.Caps.from_string(caps))
            self.peer.connect("pad-added", self.play)
        self.peer.connect("on-negotiation-needed", self.offer)
        self.peer.connect("notify::ice-gathering-state", self.gathered)
        self.peer.connect("notify::connection-state", self.connection)

    def offer(self, _peer):
        promise = Gst.Promise.new_with_change_func(self.offered, None)
        self.peer.emit("create-offer", None, promise)

    def offered(self, promise, _data):
        self.reply = promise.get_reply()  # kept: what is in it would be freed with it
        self.own_offer = description(
            GstWebRTC.WebRTCSDPType.OFFER, self.reply.get_value("offer").sdp.as_text()
        )
        self.peer.emit("set-local-description", self.own_offer, Gst.Promise.new())

    def gathered(self, peer, _property):
        done = peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE
        if done and self.resource is None:
            threading.Thread(target=self.exchange, daemon=True).start()

    def exchange(self):
        text = self.peer.get_property("local-description").sdp.as_text()
        self.resource = Resource(self.url, self.token, text)
        self.own_answer = description(GstWebRTC.WebRTCSDPType.ANSWER, self.resource.answer)
        self.peer.emit("set-remote-description", self.own_answer, Gst.Promise.new())
        print(json.dumps({"at": "answered"}), flush=True)

    def connection(self, peer, _property):
        state = peer.get_property("connection-state")
        if state == GstWebRTC.WebRTCPeerConnectionState.CONNECTED and not self.seen.connected:
            self.seen.connected = True
            print(json.dumps({"at": "connected"}), flush=True)

    def play(self, _peer, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        media = pad.get_current_caps().get_structure(0).get_string("media")
        chain = (
            "rtpvp8depay ! vp8dec ! videoconvert ! video/x-raw,format=I420"
            if media == "video"
            else "rtpopusdepay ! opusdec ! audioconvert ! audio/x-raw,format=S16LE,channels=1"
        )
        sink = f"queue ! {chain} ! appsink name=sink emit-signals=true sync=false max-buffers=50 drop=true"
        decoder = Gst.parse_bin_from_description(sink, True)
        self.pipeline.add(decoder)
        decoder.sync_state_with_parent()
        pad.link(decoder.get_static_pad("sink"))
        handler = self.video_frame if media == "video" else self.audio_frame
        decoder.get_by_name("sink").connect("new-sample", handler)

    def video_frame(self, sink):
        sample = sink.emit("pull-sample")
        caps = sample.get_caps().get_structure(0)
        width, height = caps.get_value("width"), caps.get_value("height")
        ok, data = sample.get_buffer().map(Gst.MapFlags.READ)
        if ok:
            stride = (width + 3) // 4 * 4
            self.seen.frame(frame_code.read_luma(bytes(data.data), stride, width, height))
            sample.get_buffer().unmap(data)
        return Gst.FlowReturn.OK

    def audio_frame(self, sink):
        sample = sink.emit("pull-sample")
        rate = sample.get_caps().get_structure(0).get_value("rate")
        ok, data = sample.get_buffer().map(Gst.MapFlags.READ)
        if ok:
            self.seen.sound(list(memoryview(bytes(data.data)).cast("h")), rate)
            sample.get_buffer().unmap(data)
        return Gst.FlowReturn.OK

    def film(self):
        camera = self.pipeline.get_by_name("camera")
        started = time.time()
        while self.loop.is_running():
            self.counter += 1
            time.sleep(max(0, started + self.counter / FRAMES_PER_SECOND - time.time()))
            raw = frame_code.i420(self.counter, int(time.time() * 1000))
            camera.emit("push-buffer", Gst.Buffer.new_wrapped(raw))

    def run(self, seconds):
        GLib.timeout_add(int(seconds * 1000), self.loop.quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        if self.role == "whip":
            GLib.idle_add(lambda: threading.Thread(target=self.film, daemon=True).start())
        self.loop.run()
        deleted = self.resource.delete() if self.resource else 0
        self.pipeline.set_state(Gst.State.NULL)
        seen = self.seen
        print(json.dumps({
            "at": "end", "connected": seen.connected, "framesSent": self.counter,
            "frames": seen.frames, "damaged": seen.damaged, "backwards": seen.backwards,
            "audioFrames": seen.audio_frames, "toneHertz": round(seen.tone_hertz),
            "deleted": deleted, "etag": bool(self.resource and self.resource.etag),
        }), flush=True)


if __name__ == "__main__":
    Gst.init(None)
    Client(sys.argv[1], sys.argv[2], sys.argv[3]).run(float(sys.argv[4]))
