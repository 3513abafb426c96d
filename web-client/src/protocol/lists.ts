import type { Severity } from './messages'

/** One line of the ownership list. */
export interface OwnershipItem { item: string; text: string; owner: string; node?: string }

/** What a file would change before it is imported. */
export interface OwnershipPreview { items: number; added: OwnershipItem[]; changed: OwnershipItem[]; removed: OwnershipItem[] }

export interface OwnershipVersion { version: number; at: string; by: string; items: number }

/** A code that citizens scan. `withdrawnAt`: it takes no reports any more. */
export interface HungCode { code: string; title: { zh: string; en: string }; kind: string; place: string; node: string; severity: Severity; withdrawnAt?: string }

export type NewCode = Omit<HungCode, 'withdrawnAt'>
