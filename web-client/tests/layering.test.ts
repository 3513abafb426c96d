import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/** Folder → what it may import from. Arrows only point down. */
const ARROWS: Record<string, string[]> = {
  protocol: [],
  connection: ['protocol'],
  media: ['protocol', 'connection'],
  state: ['protocol'],
  i18n: [],
  ui: ['i18n'],
  session: ['protocol', 'connection', 'media', 'state'],
  signin: ['connection', 'i18n', 'ui', 'app'],
  console: ['protocol', 'connection', 'media', 'state', 'session', 'i18n', 'ui', 'app'],
  terminal: ['protocol', 'connection', 'media', 'state', 'session', 'i18n', 'ui', 'app'],
  replay: ['protocol', 'connection', 'state', 'i18n', 'ui', 'app'],
  report: ['protocol', 'connection', 'i18n', 'ui'],
  mediation: ['protocol', 'connection', 'media', 'i18n', 'ui', 'app'],
  app: ['protocol', 'connection', 'media', 'state', 'session', 'i18n', 'ui'],
}
const MAX_LINES = 500

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : /\.(ts|vue)$/.test(name) ? [path] : []
  })
}

const sources = files(SRC)

describe('the arrows between folders', () => {
  for (const path of sources.filter((path) => !path.endsWith('.test.ts'))) {
    const name = relative(SRC, path)
    const folder = name.split('/')[0]!
    // Files directly in src wire everything together.
    if (!name.includes('/')) continue
    it(`${name} imports downwards only`, () => {
      const allowed = ARROWS[folder]
      expect(allowed, `folder ${folder} has no arrows`).toBeDefined()
      // The router's `import()` of a screen is not a dependency of the code but a place to go.
      const imports = [...readFileSync(path, 'utf8').matchAll(/from '@\/([a-z0-9]+)/g)].map((match) => match[1]!)
      for (const target of imports) expect([folder, ...allowed!]).toContain(target)
    })
  }
})

describe('the cores', () => {
  const pure = sources.filter((path) => /src\/(state|protocol)\//.test(path) && !path.endsWith('.test.ts'))
  it.each(pure.map((path) => relative(SRC, path)))('%s has no clock, timer, network or page', (name) => {
    const text = readFileSync(join(SRC, name), 'utf8')
    expect(text).not.toMatch(/\b(Date\.now|performance\.now|setTimeout|setInterval|fetch\(|document\.|window\.|localStorage|WebSocket)/)
    expect(text).not.toMatch(/from 'vue/)
  })
})

describe('sizes', () => {
  // The generated types are read by compilers only.
  const written = sources.map((path) => relative(SRC, path)).filter((name) => name !== 'protocol/messages.ts')
  it.each(written)('%s can be read in one go', (name) => {
    expect(readFileSync(join(SRC, name), 'utf8').split('\n').length).toBeLessThanOrEqual(MAX_LINES)
  })
})
