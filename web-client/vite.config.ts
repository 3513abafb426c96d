import { fileURLToPath } from 'node:url'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Lays a .gz and a .br beside every text file, so that the server compresses nothing itself. */
function precompressed(): Plugin {
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) visit(path)
      else if (/\.(js|css|html|svg|webmanifest)$/.test(name) && statSync(path).size > 1024) {
        const bytes = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
      }
    }
  }
  let folder = 'dist'
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: () => visit(folder),
  }
}

/** What console, terminal and big screen have in common, and need at once. */
const SHARED = /src.(session|media)[\\/](?!ways)|src.app.(use-|voice.BurstPlay)|src.ui.(NoticeStack|mixer|VoiceOutput|TalkButton|wake-lock|StreamVideo|GradeChip)/

const server = process.env.MAPLEBRIDGE_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), precompressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  build: {
    // Chromium forks in public offices lag behind: docs/decisions/0007.
    target: ['chrome87', 'safari15.4', 'firefox102'],
    modulePreload: { polyfill: false },
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'report.html', 'mediation.html', 'replay.html'],
      checks: { bundlerTimings: false },
      // What every page needs is one file: small ones pack worse, and the terminal has to count.
      output: { codeSplitting: { groups: [{ name: 'base', test: /export-helper|defineProperty|oxc.runtime|new-id|backoff|still-good|door.token|src.(app.(account|route|words)|session.wiring|ui.(keys|lazily|time|tones|tokens|Glyph|SeverityMark)|i18n.(index|zh.(common|voice)))|node_modules.@?vue/ }, { name: 'session', test: SHARED }] } },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/ws': { target: server, ws: true },
      '/actuator': server,
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    restoreMocks: true,
  },
})
