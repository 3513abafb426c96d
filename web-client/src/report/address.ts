/** Where the page stands: at a code that was scanned, or at what was reported. */
export type Address = { name: 'code'; code: string } | { name: 'receipt'; receipt: string } | { name: 'nowhere' }

export function addressOf(path: string): Address {
  const parts = path.split('/').filter(Boolean).map(decoded)
  if (parts[0] !== 'report') return { name: 'nowhere' }
  if (parts.length === 3 && parts[1] === 'r') return { name: 'receipt', receipt: parts[2]! }
  if (parts.length === 2) return { name: 'code', code: parts[1]! }
  return { name: 'nowhere' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
