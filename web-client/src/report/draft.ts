import { newId } from '@/connection/new-id'

/** What somebody is writing. It outlives a reload, and sent again it is the same report. */
export interface Draft { clientId: string; text: string; name: string; phone: string }

const DRAFT = 'maplebridge.report'
const OWN = 'maplebridge.reported'
const KEPT = 10

/** What was reported with this device, the newest first. */
export interface Own { receipt: string; text: string; at: number; draft?: string }

export function keptDraft(code: string): Draft {
  const kept = read<Draft & { code: string }>(sessionStorage, DRAFT)
  return kept?.code === code ? kept : { clientId: newId(), text: '', name: '', phone: '' }
}

export function keepDraft(code: string, draft: Draft): void {
  write(sessionStorage, DRAFT, { ...draft, code })
}

export function sent(receipt: string, text: string, at: number, draft: string): void {
  write(sessionStorage, DRAFT, undefined)
  write(localStorage, OWN, [{ receipt, text: text.slice(0, 30), at, draft }, ...ownReports()].slice(0, KEPT))
}

/** Under which the pictures of a report were chosen; under its receipt those of another device's. */
export function draftOf(receipt: string): string {
  return ownReports().find((own) => own.receipt === receipt)?.draft ?? receipt
}

export function ownReports(): Own[] {
  const own = read<Own[]>(localStorage, OWN)
  return Array.isArray(own) ? own : []
}

function read<T>(store: Storage, key: string): T | undefined {
  try {
    return JSON.parse(store.getItem(key) ?? 'null') as T | undefined
  } catch {
    return undefined
  }
}

function write(store: Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) store.removeItem(key)
    else store.setItem(key, JSON.stringify(value))
  } catch {
    // a private window: it lasts as long as the page
  }
}
