import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What a person downloads before the first screen is complete, gzip KB. */
const BUDGET = { terminal: 80, console: 300, signIn: 60, report: 50, mediation: 80, replay: 80 }
const NAMESPACES = /^https?:\/\/(www\.w3\.org\/|www\.opengis\.net\/|vuejs\.org\/error-reference)/

const folder = mkdtempSync(join(tmpdir(), 'pages-'))
let manifest: Record<string, Entry> = {}
let assets: string[] = []

interface Entry { file: string; isEntry?: boolean; imports?: string[]; css?: string[] }

beforeAll(() => {
  const vite = join(import.meta.dirname, '../node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--manifest', 'manifest.json', '--logLevel', 'error'], {
    cwd: join(import.meta.dirname, '..'), env: { ...process.env, NODE_ENV: 'production' }, stdio: 'inherit',
  })
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as typeof manifest
  assets = files(folder).filter((path) => !/\.(gz|br)$/.test(path))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function files(path: string): string[] {
  return readdirSync(path).flatMap((name) => (statSync(join(path, name)).isDirectory() ? files(join(path, name)) : [join(path, name)]))
}

function closure(names: string[]): Set<string> {
  const found = new Set<string>()
  const visit = (name: string): void => {
    const entry = manifest[name]!
    if (found.has(entry.file)) return
    found.add(entry.file)
    entry.css?.forEach((file) => found.add(file))
    entry.imports?.forEach(visit)
  }
  names.forEach(visit)
  return found
}

function kilobytes(...names: string[]): number {
  const bytes = [...closure(names)].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0)
  return Math.round(bytes / 102.4) / 10
}

describe('the built pages', () => {
  it('stay within their budgets', () => {
    const sizes = {
      terminal: kilobytes('index.html', 'src/terminal/TerminalScreen.vue'), console: kilobytes('index.html', 'src/console/ConsoleScreen.vue'), signIn: kilobytes('index.html', 'src/signin/SignIn.vue'), report: kilobytes('report.html'), mediation: kilobytes('mediation.html'), replay: kilobytes('replay.html'),
    }
    expect.soft(sizes.terminal, JSON.stringify(sizes)).toBeLessThanOrEqual(BUDGET.terminal)
    expect.soft(sizes.console).toBeLessThanOrEqual(BUDGET.console)
    expect.soft(sizes.replay, JSON.stringify(sizes)).toBeLessThanOrEqual(BUDGET.replay)
    expect.soft(sizes.report, JSON.stringify(sizes)).toBeLessThanOrEqual(BUDGET.report)
    expect.soft(sizes.mediation, JSON.stringify(sizes)).toBeLessThanOrEqual(BUDGET.mediation)
    expect(sizes.signIn).toBeLessThanOrEqual(BUDGET.signIn)
  })

  it('fetch the map when it is wanted, and not with the console', () => {
    const map = [...closure(['src/console/map/DispatchMap.vue'])]
    expect(map.some((file) => closure(['index.html', 'src/console/ConsoleScreen.vue']).has(file) === false && statSync(join(folder, file)).size > 100_000)).toBe(true)
  })

  it('name no foreign address', () => {
    for (const path of assets.filter((path) => /\.(js|css|html|svg|webmanifest)$/.test(path))) {
      const urls = [...readFileSync(path, 'utf8').matchAll(/\b(?:https?|wss?):\/\/[\w.-]+[^\s"'`)]*/g)].map((match) => match[0])
      expect(urls.filter((url) => !NAMESPACES.test(url)), relative(folder, path)).toEqual([])
    }
  })

  it('need nothing unsafe of the content security policy', () => {
    for (const path of assets.filter((path) => path.endsWith('.html'))) {
      const html = readFileSync(path, 'utf8')
      expect(html, path).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/)
    }
    for (const path of assets.filter((path) => path.endsWith('.js'))) {
      expect(readFileSync(path, 'utf8'), path).not.toMatch(/\bnew Function\(|[^.\w]eval\(/)
    }
  })

  it('lie there compressed as well', () => {
    const big = assets.filter((path) => /\.(js|css)$/.test(path) && statSync(path).size > 1024)
    expect(big.length).toBeGreaterThan(4)
    for (const path of big) {
      expect(statSync(`${path}.gz`).size).toBeLessThan(statSync(path).size)
      expect(statSync(`${path}.br`).size).toBeLessThan(statSync(path).size)
    }
  })
})
