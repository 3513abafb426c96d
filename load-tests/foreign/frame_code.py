"""The picture of the fake cameras, in Python: a counter and the clock as 16 by 4 large cells.

The same code as load-tests/e2e/lib/frame-code.ts; 64 cells in the upper half, a pattern below.
"""

COLUMNS = 16
ROWS = 4


def check_sum(counter, clock_ms):
    low, high = 1, 0
    for value in (counter, clock_ms):
        for shift in (0, 8, 16, 24):
            low = (low + ((value >> shift) & 0xFF)) % 251
            high = (high + low) % 251
    return (high << 8) | low


def cells(counter, clock_ms):
    count, clock = counter & 0xFFFF, clock_ms & 0xFFFFFFFF
    word = (count << 48) | (clock << 16) | check_sum(count, clock)
    return [(word >> (63 - i)) & 1 == 1 for i in range(64)]


def parse(bits):
    """The counter and the clock, or None when the check sum says the picture is damaged."""
    word = 0
    for bit in bits:
        word = (word << 1) | int(bit)
    counter, clock, found = word >> 48, (word >> 16) & 0xFFFFFFFF, word & 0xFFFF
    return (counter, clock) if found == check_sum(counter, clock) else None


def i420(counter, clock_ms, width=640, height=360):
    """One raw frame."""
    code = cells(counter, clock_ms)
    cell = width // COLUMNS
    picture = bytearray()
    for row in range(ROWS):
        line = b"".join(
            bytes([235 if white else 16]) * cell for white in code[row * COLUMNS : (row + 1) * COLUMNS]
        )
        picture += line * (height // 2 // ROWS)
    ramp = bytes(16 + (x + counter * 4) % 220 for x in range(width + 220))
    for y in range(height // 2):
        picture += ramp[y % 220 : y % 220 + width]
    return bytes(picture) + b"\x80" * (width * height // 2)


def read_luma(luma, stride, width, height):
    """Reads the code back from a luma plane given as bytes."""
    bits = []
    for row in range(ROWS):
        y = int((row + 0.5) * height / 2 / ROWS)
        for column in range(COLUMNS):
            x = int((column + 0.5) * width / COLUMNS)
            spots = [luma[(y + dy) * stride + x + dx] for dx in (-2, 0, 2) for dy in (-2, 0, 2)]
            bits.append(sum(spots) / len(spots) > 127)
    return parse(bits)


class Seen:
    """What a player saw and heard, printed as one line of JSON at the end."""

    def __init__(self):
        self.frames = self.damaged = self.backwards = self.audio_frames = 0
        self.last = None
        self.tone_hertz = 0.0
        self.connected = False

    def frame(self, code):
        self.frames += 1
        if code is None:
            self.damaged += 1
            return
        if self.last is not None and not 0 < (code[0] - self.last) & 0xFFFF < 0x8000:
            self.backwards += 1
        self.last = code[0]

    def sound(self, samples, rate):
        """Counts zero crossings of 16-bit samples: good enough to tell one pure tone from another."""
        self.audio_frames += 1
        crossings = sum(1 for a, b in zip(samples, samples[1:]) if (a < 0) != (b < 0))
        loud = max((abs(s) for s in samples), default=0) > 500
        if loud:
            now = crossings * rate / 2 / max(1, len(samples))
            self.tone_hertz = 0.9 * self.tone_hertz + 0.1 * now if self.tone_hertz else now
