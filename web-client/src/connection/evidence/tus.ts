import type { Answer, Ask } from './http'

/** Where something is sent, and what it shows something of. */
export interface Target { home: string; about: Readonly<Record<string, string>> }

/** What came of one attempt. `again`: the line or the server was away, the same goes on later. */
export type Attempt = { name: 'arrived' } | { name: 'again'; afterMs?: number } | { name: 'refused'; code: string }

const VERSION = { 'Tus-Resumable': '1.0.0' }
const PIECE_BYTES = 2 << 20
/** Somebody who is told so often that nothing is known of it will not be told otherwise. */
const MOST_TURNS = 5

/** Sends one file by tus 1.0, from wherever the server has it. */
export class TusUpload {
  private at: string | undefined

  constructor(
    private readonly ask: Ask,
    private readonly origin: () => string,
    private readonly token: string | undefined,
    private readonly file: Blob,
    private readonly type: string,
    private readonly sha256: string,
    private readonly told: (sent: number) => void,
  ) {}

  /** Announces it, or asks how far it is, and sends on until it has arrived or something is in the way. */
  async attempt(target: Target): Promise<Attempt> {
    let home = `${this.origin()}${target.home}`
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const answer = await this.begun(home, target)
      const elsewhere = elsewhereOf(answer)
      if (elsewhere) {
        home = `${elsewhere}${target.home}`
        continue
      }
      if (answer.status !== 200 && answer.status !== 201) return failed(answer)
      this.at = new URL(answer.header('Location') ?? '', home).href
      const end = await this.sendOn(offsetOf(answer))
      if (end !== 'anew') return end
    }
    return { name: 'again' }
  }

  private begun(home: string, { about }: Target): Promise<Answer> {
    const said = Object.entries({ filetype: this.type, sha256: this.sha256, ...about }).map(([key, value]) => `${key} ${base64(value)}`)
    return this.ask('POST', home, { ...this.headers(), 'Upload-Length': String(this.file.size), 'Upload-Metadata': said.join(',') })
  }

  private async sendOn(from: number): Promise<Attempt | 'anew'> {
    let offset = from
    let refusals = 0
    this.told(offset)
    while (offset < this.file.size) {
      const piece = this.file.slice(offset, offset + PIECE_BYTES)
      const headers = { ...this.headers(), 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }
      const answer = await this.ask('PATCH', this.at!, headers, piece, (left) => this.told(offset + left))
      const { code } = answer.problem
      if (answer.status === 204) offset = offsetOf(answer)
      else if (code === 'wrong-offset' && ++refusals < MOST_TURNS) offset = Number(answer.problem.offset) || 0
      else if (code === 'unknown-upload' || elsewhereOf(answer)) return 'anew'
      else return failed(answer)
      this.told(offset)
    }
    return { name: 'arrived' }
  }

  private headers(): Record<string, string> {
    return { ...VERSION, Accept: 'application/json', ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) }
  }
}

/** Of its bytes in UTF-8: a file's name may be Chinese. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

function offsetOf(answer: Answer): number {
  return Number(answer.header('Upload-Offset')) || 0
}

function elsewhereOf({ problem }: Answer): string | undefined {
  return problem.code === 'held-elsewhere' && typeof problem.url === 'string' ? problem.url : undefined
}

function failed({ status, problem, header }: Answer): Attempt {
  const code = typeof problem.code === 'string' ? problem.code : 'internal'
  if (status === 429) return { name: 'again', afterMs: (Number(header('Retry-After')) || 30) * 1000 }
  const passing = status === 0 || (status >= 500 && status !== 507) || code === 'superseded' || code === 'wrong-offset' || code === 'too-much-unfinished'
  return passing ? { name: 'again' } : { name: 'refused', code }
}
