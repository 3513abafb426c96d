import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { frameCode } from './frame-code.ts';

const WIDTH = 640;
const HEIGHT = 360;
export const FILE_FPS = 20;
export const FILE_FRAMES = 160;

/** Writes what Chromium's fake camera plays in a loop: raw I420 frames with the counter in them. */
export function writeCameraFile(path: string): void {
  writeOnce(path, (file) => {
    writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FILE_FPS}:1 Ip A1:1 C420mpeg2\n`);
    const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
    for (let counter = 0; counter < FILE_FRAMES; counter++) {
      writeSync(file, 'FRAME\n');
      writeSync(file, luma(counter));
      writeSync(file, chroma);
    }
  });
}

function luma(counter: number): Buffer {
  const { columns, rows, cells } = frameCode();
  const code = cells(counter, Math.round((counter * 1000) / FILE_FPS));
  const frame = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const row = Math.floor((y * rows * 2) / HEIGHT);
      const column = Math.floor((x * columns) / WIDTH);
      frame[y * WIDTH + x] =
        row < rows ? (code[row * columns + column] ? 235 : 16) : 16 + ((x + y + counter * 4) % 220);
    }
  }
  return frame;
}

/** Writes what Chromium's fake microphone plays: a tone that comes and goes like speech does. */
export function writeToneFile(path: string, hertz: number, seconds = 10): void {
  const rate = 48_000;
  writeOnce(path, (file) => {
    const samples = Buffer.alloc(rate * seconds * 2);
    for (let i = 0; i < rate * seconds; i++) {
      const loudness = 0.25 + 0.2 * Math.sin((2 * Math.PI * 3 * i) / rate);
      samples.writeInt16LE(
        Math.round(32_000 * loudness * Math.sin((2 * Math.PI * hertz * i) / rate)),
        i * 2,
      );
    }
    const header = Buffer.alloc(44);
    header.write('RIFF', 0);
    header.writeUInt32LE(36 + samples.length, 4);
    header.write('WAVEfmt ', 8);
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20); // PCM
    header.writeUInt16LE(1, 22); // mono
    header.writeUInt32LE(rate, 24);
    header.writeUInt32LE(rate * 2, 28);
    header.writeUInt16LE(2, 32);
    header.writeUInt16LE(16, 34);
    header.write('data', 36);
    header.writeUInt32LE(samples.length, 40);
    writeSync(file, header);
    writeSync(file, samples);
  });
}

function writeOnce(path: string, write: (file: number) => void): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.part`, 'w');
  try {
    write(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
}
