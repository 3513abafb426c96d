import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '../src/i18n/en'
import cases from '../src/i18n/zh/case'
import common from '../src/i18n/zh/common'
import console from '../src/i18n/zh/console'
import consult from '../src/i18n/zh/consult'
import duty from '../src/i18n/zh/duty'
import evidence from '../src/i18n/zh/evidence'
import exhibit from '../src/i18n/zh/exhibit'
import expert from '../src/i18n/zh/expert'
import field from '../src/i18n/zh/field'
import incidents from '../src/i18n/zh/incidents'
import lists from '../src/i18n/zh/lists'
import mediation from '../src/i18n/zh/mediation'
import meeting from '../src/i18n/zh/meeting'
import replay from '../src/i18n/zh/replay'
import report from '../src/i18n/zh/report'
import settings from '../src/i18n/zh/settings'
import signIn from '../src/i18n/zh/sign-in'
import telephone from '../src/i18n/zh/telephone'
import terminal from '../src/i18n/zh/terminal'
import voice from '../src/i18n/zh/voice'

const SRC = join(import.meta.dirname, '../src')

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)])
  return new Map(entries)
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'i18n' ? [] : sources(path)
    return /\.(ts|vue)$/.test(name) && !name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
}

const chinese = flat({ ...common, ...voice, ...console, ...consult, ...incidents, ...cases, ...duty, ...meeting, ...mediation, ...lists, ...evidence, ...exhibit, ...expert, ...replay, ...report, ...settings, ...signIn, ...field, ...telephone, ...terminal })
const english = flat(en)
const code = sources(SRC).join('\n')
/** `t('a.b')`, and keys handed on as text; `t(\`a.${x}\`)` uses everything below `a`. */
const whole = new Set([...code.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)*)['"`]/g)].map((match) => match[1]!))
const prefixes = [...code.matchAll(/`([a-zA-Z]+(?:\.[\w-]+)*\.)\$\{/g)].map((match) => match[1]!)

describe('the words of the pages', () => {
  it('are the same set in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('have the same holes in both languages', () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()
    for (const [key, text] of chinese) expect(holes(english.get(key)!), key).toEqual(holes(text))
  })

  it('are translated', () => {
    for (const [key, text] of english) {
      // The product's Chinese name stands in the English footer on purpose.
      if (key !== 'signIn.foot') expect(text, key).not.toMatch(/\p{Script=Han}/u)
    }
    for (const [key, text] of chinese) {
      if (!['live.sent', 'signIn.foot', 'call.incomingFrom', 'alert.place', 'alerts.by', 'case.sheet', 'case.saying', 'meeting.because', 'source.12345', 'time.none', 'figures.ofDay', 'consult.and', 'case.did.and'].includes(key)) expect(text, key).toMatch(/\p{Script=Han}/u)
    }
  })

  it('are all used', () => {
    const unused = [...chinese.keys()].filter((key) => !whole.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
    expect(unused).toEqual([])
  })

  it('are all there', () => {
    const wanted = [...code.matchAll(/\bt\(\s*'([^']+)'/g), ...code.matchAll(/'((?:notice|ticker|keys)\.[\w.]+)'/g)].map((match) => match[1]!)
    expect(wanted.filter((key) => !chinese.has(key))).toEqual([])
    const roots = [...chinese.keys()]
    const others = ['bearer.', 'maplebridge.wall.']
    expect(prefixes.filter((prefix) => !others.includes(prefix) && !roots.some((key) => key.startsWith(prefix)))).toEqual([])
  })

  it('stand in the language files and nowhere else', () => {
    for (const text of sources(SRC)) {
      const template = text.match(/^<template>[\s\S]*^<\/template>/m)?.[0] ?? ''
      expect(template.replaceAll("'中文'", '')).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
