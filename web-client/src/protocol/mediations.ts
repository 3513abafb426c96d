/** Mediations as REST has them. */
export interface MediationCase {
  id: string
  title: string
  matter: string
  incident?: string
  node: string
  createdAt: string
  scheduledAt?: string
  endedAt?: string
  outcome?: 'agreed' | 'not-agreed' | 'cancelled'
  code?: string
  here: number
  people: CasePerson[]
}

export interface CasePerson {
  id: string
  role: PersonRole
  name: string
  side?: string
  account?: string
  phone?: string
  identified: boolean
}

export type PersonRole = 'mediator' | 'clerk' | 'party' | 'agent' | 'expert' | 'interpreter' | 'observer'

export interface NewPerson { role: PersonRole; name: string; side?: string; phone?: string }

export interface NewMediation { title: string; matter: string; incident?: string; people: NewPerson[] }

export interface InvitationLink { path: string; expiresAt: string }

/** To be keyed in by who calls, once. */
export interface AccessCode { code: string; expiresAt: string }

export interface Seat { token: string; expiresAt: string }

/** Something that may be laid on the table. */
export interface FolderItem { id: string; kind: 'picture' | 'video' | 'document'; title: string; incident: boolean; bytes: number; href: string }

/** Somebody who may be rung into a mediation. */
export interface Expert { account: string; name: string; role: string; node: string; present: boolean; onDuty: string[] }
