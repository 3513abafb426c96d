import type { AccessCode, Expert, FolderItem, InvitationLink, MediationCase, NewMediation, NewPerson, Seat } from '@/protocol/mediations'
import { answer, ask } from './rest'
import { passing } from './door/token'

const ALL = '/api/mediations'
const one = (id: string): string => `${ALL}/${encodeURIComponent(id)}`

/** Mediations over REST: for who leads with their sign-in's token, for guests with their place's. */
export const mediations = {
  /** What a case can be opened about. */
  incident: (token: string, id: string): Promise<{ number: string; title: string; place: string }> => ask('', token, 'GET', `/api/incidents/${encodeURIComponent(id)}`),
  list: (token: string): Promise<MediationCase[]> => ask('', token, 'GET', ALL),
  open: (token: string, wanted: NewMediation): Promise<MediationCase> => ask('', token, 'POST', ALL, wanted),
  add: (token: string, id: string, person: NewPerson): Promise<MediationCase> => ask('', token, 'POST', `${one(id)}/people`, person),
  invite: (token: string, id: string, person: string): Promise<InvitationLink> => ask('', token, 'POST', `${one(id)}/people/${person}/invitations`),
  code: (token: string, id: string, person: string): Promise<AccessCode> => ask('', token, 'POST', `${one(id)}/people/${person}/codes`),
  seat: (token: string, id: string): Promise<Seat> => answer('', token, 'POST', `${one(id)}/seat`).then((opened) => passing<Seat>(opened)),
  /** What stands behind `#` in a link is exchanged for a place, once. */
  exchange: (link: string): Promise<Seat & { title: string }> => answer('', undefined, 'POST', '/api/public/invitations', { type: 'application/json', bytes: JSON.stringify({ token: link }) }).then((opened) => passing<Seat & { title: string }>(opened)),
  folder: (seat: string): Promise<FolderItem[]> => ask('', seat, 'GET', '/api/table/folder'),
  experts: (seat: string): Promise<Expert[]> => ask('', seat, 'GET', '/api/table/experts'),
  paper: async (seat: string): Promise<Blob> => (await answer('', seat, 'GET', '/api/table/document')).blob(),
}
