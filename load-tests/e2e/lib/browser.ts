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

/** Starts the system's Chromium for real-time media inside a loopback-only network namespace. */
export async function launchChromium(files: DeviceFiles = {}): Promise<Browser> {
  const executablePath = INSTALLED.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium found: apt install chromium');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      ...(files.camera ? [`--use-file-for-fake-video-capture=${files.camera}`] : []),
      ...(files.microphone ? [`--use-file-for-fake-audio-capture=${files.microphone}`] : []),
    ],
  });
}
