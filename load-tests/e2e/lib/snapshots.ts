import type { Page } from '@playwright/test';

/** What a file chooser is given. */
export interface Chosen { name: string; mimeType: string; buffer: Buffer }

/** A photo as a camera makes it: drawn in the page, with grain, so that it is as large as one. */
export async function photo(page: Page, words: string, hue: number, [width, height] = [2400, 1800]): Promise<Chosen> {
  const base64 = await page.evaluate(
    async ({ words, hue, width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext('2d')!;
      const grain = pen.createImageData(width, height);
      for (let i = 0; i < grain.data.length; i += 4) {
        const light = 60 + Math.floor(Math.random() * 60);
        grain.data.set([light, light, light, 255], i);
      }
      pen.putImageData(grain, 0, 0);
      pen.globalAlpha = 0.75;
      pen.fillStyle = `hsl(${hue} 45% 62%)`;
      pen.fillRect(0, 0, width, height * 0.45);
      pen.fillStyle = `hsl(${hue + 60} 30% 32%)`;
      pen.fillRect(0, height * 0.45, width, height);
      pen.globalAlpha = 1;
      pen.fillStyle = '#f2b705';
      pen.fillRect(width * 0.3, height * 0.35, width * 0.35, height * 0.25);
      pen.fillStyle = '#222';
      for (const x of [0.36, 0.58]) pen.beginPath(), pen.arc(width * x, height * 0.62, height * 0.07, 0, 7), pen.fill();
      pen.fillStyle = '#fff';
      pen.font = `${height / 9}px sans-serif`;
      pen.fillText(words, width * 0.06, height * 0.92);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
      return btoa(text);
    },
    { words, hue, width, height },
  );
  return { name: `IMG_${hue}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** The same with a position in it, as telephones write it (EXIF, whole degrees). */
export function taken({ name, mimeType, buffer }: Chosen, latitude: number, longitude: number): Chosen {
  const exif = Buffer.alloc(128);
  const entry = (at: number, tag: number, type: number, count: number, value: number | string): void => {
    exif.writeUInt16BE(tag, at);
    exif.writeUInt16BE(type, at + 2);
    exif.writeUInt32BE(count, at + 4);
    if (typeof value === 'number') exif.writeUInt32BE(value, at + 8);
    else exif.write(value, at + 8);
  };
  exif.write('MM\0*', 0, 'latin1');
  exif.writeUInt32BE(8, 4);
  exif.writeUInt16BE(1, 8);
  entry(10, 0x8825, 4, 1, 26);
  exif.writeUInt16BE(4, 26);
  entry(28, 1, 2, 2, 'N');
  entry(40, 2, 5, 3, 80);
  entry(52, 3, 2, 2, 'E');
  entry(64, 4, 5, 3, 104);
  [latitude, 1, 0, 1, 0, 1, longitude, 1, 0, 1, 0, 1].forEach((value, i) => exif.writeUInt32BE(value, 80 + 4 * i));
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 8]);
  return { name, mimeType, buffer: Buffer.concat([buffer.subarray(0, 2), head, Buffer.from('Exif\0\0', 'latin1'), exif, buffer.subarray(2)]) };
}

/** A short film of something that moves. */
export async function film(page: Page, seconds: number): Promise<Chosen> {
  const base64 = await page.evaluate(async (seconds) => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 360;
    const pen = canvas.getContext('2d')!;
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      const left = (until - performance.now()) / 1000;
      pen.fillStyle = '#35506b';
      pen.fillRect(0, 0, 640, 360);
      pen.fillStyle = '#f2b705';
      pen.fillRect(60 + 140 * (seconds - left), 140, 120, 80);
      await new Promise((done) => requestAnimationFrame(done));
    }
    await new Promise((done) => {
      recorder.onstop = done;
      recorder.stop();
    });
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  }, seconds);
  return { name: 'VID_1.webm', mimeType: 'video/webm', buffer: Buffer.from(base64, 'base64') };
}
