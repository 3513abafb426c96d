import { chromium, type Browser } from '@playwright/test';
import { existsSync } from 'node:fs';

const INSTALLED = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Files a genuine fake device plays; without them the device shows Chromium's own test picture. */
export interface DeviceFiles {
  camera?: string;
  microphone?: string;
}

/** A browser that does not sit where the server is: what starts it there, and the server's origin from there. */
export interface Elsewhere {
  through: string;
  origin: string;
  environment: Record<string, string>;
}

/** Starts the system's Chromium for real-time media inside a loopback-only network namespace. */
export async function launchChromium(files: DeviceFiles = {}, elsewhere?: Elsewhere, more: string[] = []): Promise<Browser> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  if (!installed) throw new Error('no Chromium found: apt install chromium');
  return chromium.launch({
    executablePath: elsewhere ? elsewhere.through : installed,
    env: { ...process.env, ...elsewhere?.environment, CHROMIUM: installed },
    args: [
      ...(elsewhere ? [`--unsafely-treat-insecure-origin-as-secure=${elsewhere.origin}`] : []),
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      ...(files.camera ? [`--use-file-for-fake-video-capture=${files.camera}`] : []),
      ...more,
      ...(files.microphone ? [`--use-file-for-fake-audio-capture=${files.microphone}`] : []),
    ],
  });
}
