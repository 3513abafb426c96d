import type { RecordedPiece } from '@/protocol/replay'
import { askHolder } from './rest'

/** Has a piece of a recording made, at the node that has it; its address leads there. */
export async function askPiece(origin: string, token: string, path: string, who: Readonly<Record<string, string>>, from: number, until: number): Promise<RecordedPiece> {
  const { at, value } = await askHolder<RecordedPiece>(origin, token, 'POST', path, { ...who, from: new Date(from).toISOString(), until: new Date(until).toISOString() })
  return at !== origin && value.href ? { ...value, href: at + value.href } : value
}
