import { shallowRef, watch, type ShallowRef } from 'vue'
import { LinkLost, Refusal } from '@/connection/link'
import type { MediaPicture, ServerMessage } from '@/protocol/messages'
import type { DispatchSession } from '@/session/session'
import { clear, emptyWall, show, toggleSound, visibleCells, wanted, withLayout, type Layout, type Wall } from '@/state/wall'

/** A node that is too busy for one more picture calms down in some seconds, or says no again. */
const BUSY_AGAIN_MS = 3_000

/** Keeps the server's tiles equal to what the dispatcher has laid on the wall. */
export class WallDesk {
  readonly wall: ShallowRef<Wall>
  /** Tile → which layer of its picture is shown, and whether it is left out for want of bandwidth. */
  readonly pictures: ShallowRef<ReadonlyMap<number, MediaPicture>> = shallowRef(new Map())
  /** Tile → unit as the server has been told. */
  private told = new Map<number, string>()

  constructor(private readonly session: DispatchSession, private readonly user: string) {
    this.wall = shallowRef(this.load())
    watch(session.media.agreed, () => {
      this.told.clear()
      this.sync()
    })
    session.listeners.add((message) => this.heard(message))
  }

  show(unit: string): void {
    this.change(show(this.wall.value, unit, this.session.now()))
  }

  close(cell: number): void {
    this.change(clear(this.wall.value, cell))
  }

  /** Wherever it hangs. */
  remove(unit: string): void {
    this.wall.value.cells.forEach((shown, cell) => shown === unit && this.close(cell))
  }

  layout(layout: Layout): void {
    this.change(withLayout(this.wall.value, layout))
  }

  toggleSound(cell: number): void {
    this.change(toggleSound(this.wall.value, cell))
  }

  focus(cell: number): void {
    this.change({ ...this.wall.value, focus: cell })
  }

  moveFocus(by: number): void {
    const cells = visibleCells(this.wall.value)
    if (cells.length < 2) return
    const at = cells.indexOf(this.wall.value.focus)
    this.focus(cells[(at + by + cells.length) % cells.length]!)
  }

  /** Asks again for a picture that ended or was refused. */
  again(cell: number): void {
    this.told.delete(cell)
    this.sync()
  }

  private change(wall: Wall): void {
    this.wall.value = wall
    this.save()
    this.sync()
  }

  private heard(message: ServerMessage): void {
    if (message.type === 'media.picture') this.pictures.value = new Map(this.pictures.value).set(message.tile, message)
    if (message.type === 'snapshot') this.told.clear()
    if (message.type !== 'live.changed' || !message.live) return
    for (const [cell, unit] of wanted(this.wall.value)) {
      const state = this.session.model().tiles[cell]?.state
      if (unit === message.unit && state !== 'live' && state !== 'waiting') this.again(cell)
    }
  }

  private sync(): void {
    if (this.session.media.agreed.value === 0) return
    const target = wanted(this.wall.value)
    for (const tile of [...this.told.keys()]) {
      if (target.has(tile)) continue
      this.told.delete(tile)
      this.session.apply({ type: 'local.unwatched', tile })
      this.session.link.keep({ type: 'watch.stop', tile }).catch(() => undefined)
    }
    for (const [tile, unit] of target) if (this.told.get(tile) !== unit) this.watch(tile, unit)
  }

  private watch(tile: number, unit: string): void {
    this.told.set(tile, unit)
    this.session.apply({ type: 'local.watching', tile, unit })
    this.session.link.ask({ type: 'watch.start', tile, unit }).catch((error: unknown) => {
      if (this.told.get(tile) !== unit) return
      // A broken connection says nothing of the picture: it is asked for again when we are back.
      if (error instanceof LinkLost) return void this.told.delete(tile)
      const reason = error instanceof Refusal ? error.code : 'internal'
      this.session.apply({ type: 'local.watch-refused', tile, unit, reason })
      if (reason === 'overloaded') setTimeout(() => this.askAgain(tile, unit), BUSY_AGAIN_MS)
    })
  }

  private askAgain(tile: number, unit: string): void {
    if (this.told.get(tile) === unit) this.watch(tile, unit)
  }

  /** Connection restored in the same session: what could not be said is said now. */
  linkUp(): void {
    this.sync()
  }

  private load(): Wall {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? '') as { layout: Layout; cells: (string | null)[] }
      const wall = emptyWall([1, 4, 9].includes(kept.layout) ? kept.layout : 4)
      kept.cells.slice(0, 9).forEach((unit, cell) => (wall.cells[cell] = unit ?? undefined))
      return wall
    } catch {
      return emptyWall()
    }
  }

  private save(): void {
    const { layout, cells } = this.wall.value
    try {
      localStorage.setItem(this.key, JSON.stringify({ layout, cells }))
    } catch {
      // a private window: the layout lasts as long as the page
    }
  }

  private get key(): string {
    return `maplebridge.wall.${this.user}`
  }
}
