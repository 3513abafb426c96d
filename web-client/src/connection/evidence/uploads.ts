import { backoffMs } from '../backoff'
import { newId } from '../new-id'
import { askByXhr, type Ask } from './http'
import { fileStore, type FileStore, type KeptFile } from './kept-files'
import { sha256Of } from './sha256'
import { TusUpload, type Attempt, type Target } from './tus'

/** `held`: until there is something to send it for. `waits`: for its turn, or for the line. */
export type SendingState = 'reading' | 'held' | 'waits' | 'sending' | 'arrived' | 'refused'

/** One picture or video on its way. */
export interface Sending { id: string; name: string; video: boolean; bytes: number; sent: number; state: SendingState; code?: string }

export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp']
export const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm']
const MOST_PHOTO_BYTES = 15 << 20
const MOST_VIDEO_BYTES = 100 << 20

export interface Surroundings {
  origin: () => string
  token?: string
  /** Whether PDF is taken too. */
  documents?: boolean
  /** Whether the server is told what the file is called. */
  named?: boolean
  ask?: Ask
  store?: FileStore
  now?: () => number
  random?: () => number
}

interface Entry { shown: Sending; kept: KeptFile; sha256?: string; upload?: TusUpload }

/**
 * What somebody sends about one thing, one file after the other: hashed here first, sent on after a lost line, and
 * after a reload too, as far as the browser keeps files. Nothing else waits for it.
 */
export class Uploads {
  private entries: Entry[] = []
  private target: Target | undefined
  private running = false
  private stopped = false
  private wake: () => void = () => {}
  private readonly ask: Ask
  private readonly store: FileStore
  private readonly now: () => number
  private readonly random: () => number

  /** @param key under which the browser keeps the files */
  constructor(private readonly key: string, private readonly around: Surroundings, private readonly changed: (sendings: readonly Sending[]) => void) {
    this.ask = around.ask ?? askByXhr
    this.store = around.store ?? fileStore()
    this.now = around.now ?? Date.now
    this.random = around.random ?? Math.random
    if (typeof window !== 'undefined') window.addEventListener('online', this.online)
  }

  stop(): void {
    this.stopped = true
    this.wake()
    if (typeof window !== 'undefined') window.removeEventListener('online', this.online)
  }

  /** Goes on with what an earlier page left. */
  async resume(): Promise<void> {
    const known = new Set(this.entries.map(({ kept }) => kept.id))
    for (const kept of await this.store.of(this.key)) if (!known.has(kept.id)) this.enter(kept)
    this.run()
  }

  async add(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const kept = { id: newId(), key: this.key, file, name: file.name, type: file.type, at: this.now() }
      const code = this.faultOf(file)
      this.enter(kept, code)
      if (!code) await this.store.put(kept)
    }
    this.run()
  }

  /** There is something to send it for now. */
  send(target: Target): void {
    this.target = target
    for (const entry of this.entries) if (entry.shown.state === 'held') entry.shown = { ...entry.shown, state: 'waits' }
    this.tell()
    this.run()
  }

  retry(id: string): void {
    const entry = this.find(id)
    if (!entry) return
    const { shown } = entry
    if (this.faultOf(entry.kept.file)) return
    Object.assign(shown, { state: 'waits', code: undefined })
    this.tell()
    this.run()
  }

  async remove(id: string): Promise<void> {
    this.entries = this.entries.filter(({ shown }) => shown.id !== id)
    this.tell()
    await this.store.remove(id)
  }

  private enter(kept: KeptFile, code?: string): void {
    const video = kept.type.startsWith('video/')
    const state: SendingState = code ? 'refused' : 'reading'
    this.entries.push({ kept, shown: { id: kept.id, name: kept.name, video, bytes: kept.file.size, sent: 0, state, ...(code ? { code } : {}) } })
    this.tell()
  }

  private run(): void {
    if (this.running) return this.wake()
    this.running = true
    void this.work().finally(() => (this.running = false))
  }

  private async work(): Promise<void> {
    for (let entry = this.due(); entry && !this.stopped; entry = this.due()) {
      if (entry.sha256 === undefined) await this.read(entry)
      else await this.sendOne(entry, this.target!)
    }
  }

  /** Everything is hashed first: a telephone may lose a file that was only chosen. */
  private due(): Entry | undefined {
    const open = this.entries.filter(({ shown }) => !isOver(shown))
    return open.find(({ sha256 }) => sha256 === undefined) ?? (this.target ? open[0] : undefined)
  }

  private async read(entry: Entry): Promise<void> {
    try {
      entry.sha256 = await sha256Of(entry.kept.file)
      this.show(entry, { state: this.target ? 'waits' : 'held' })
    } catch {
      this.show(entry, { state: 'refused', code: 'unreadable' })
    }
  }

  private async sendOne(entry: Entry, target: Target): Promise<void> {
    const { file, type } = entry.kept
    entry.upload ??= new TusUpload(this.ask, this.around.origin, this.around.token, file, type, entry.sha256!, (sent) => this.show(entry, { sent: Math.min(sent, file.size) }))
    for (let attempt = 0; !this.stopped && this.entries.includes(entry); attempt++) {
      this.show(entry, { state: 'sending' })
      const end = await entry.upload.attempt(this.around.named ? { ...target, about: { ...target.about, filename: plainName(entry.kept.name) } } : target)
      if (end.name !== 'again') return this.ended(entry, end)
      this.show(entry, { state: 'waits', code: 'offline' })
      await this.pause(end.afterMs ?? backoffMs(attempt, this.random()))
    }
  }

  private async ended(entry: Entry, end: Exclude<Attempt, { name: 'again' }>): Promise<void> {
    if (end.name === 'arrived') this.show(entry, { state: 'arrived', sent: entry.kept.file.size, code: undefined })
    else this.show(entry, { state: 'refused', code: end.code })
    await this.store.remove(entry.kept.id)
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private readonly online = (): void => this.wake()

  private faultOf(file: Blob): string | undefined {
    return faultOf(file, this.around.documents ?? false)
  }

  private find(id: string): Entry | undefined {
    return this.entries.find(({ shown }) => shown.id === id)
  }

  private show(entry: Entry, change: Partial<Sending>): void {
    if (change.state === 'sending') change = { code: undefined, ...change }
    entry.shown = { ...entry.shown, ...change }
    this.tell()
  }

  private tell(): void {
    this.changed(this.entries.map(({ shown }) => shown))
  }
}

function isOver({ state }: Sending): boolean {
  return state === 'arrived' || state === 'refused'
}

/** A name that means no place in a file system, as the server wants it. */
function plainName(name: string): string {
  return name.replace(/[\\/\p{Cc}]|\.\.+/gu, '_').slice(0, 100) || '_'
}

/** What the server would say, before anything is sent. */
function faultOf(file: Blob, documents: boolean): string | undefined {
  const video = VIDEO_TYPES.includes(bare(file.type))
  const document = documents && bare(file.type) === 'application/pdf'
  if (!video && !document && !PHOTO_TYPES.includes(bare(file.type))) return 'unsupported-type'
  if (file.size === 0) return 'unreadable'
  return file.size > (video ? MOST_VIDEO_BYTES : MOST_PHOTO_BYTES) ? 'too-large' : undefined
}

function bare(type: string): string {
  return type.split(';')[0]!.trim().toLowerCase()
}
