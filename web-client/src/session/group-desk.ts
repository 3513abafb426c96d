import { LinkLost } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { GroupMake, Place, Severity } from '@/protocol/messages'
import type { Wiring } from './wiring'

export interface NewGroup { name: string; units: readonly string[]; area?: readonly Place[]; incident?: string }

/** What is done to groups: listening, making, joining, raising. */
export class GroupDesk {
  constructor(private readonly wiring: Wiring) {}

  listen(group: string, on: boolean): void {
    this.wiring.apply({ type: 'local.affiliated', group, affiliated: on })
    this.wiring.link.keep(on ? { type: 'group.affiliate', group } : { type: 'group.leave', group }).catch((error: unknown) => {
      if (!(error instanceof LinkLost)) this.wiring.apply({ type: 'local.affiliated', group, affiliated: !on })
      this.wiring.failed('listen', error)
    })
  }

  /** Another unit's terminal listens, or does not listen any more. */
  affiliate(group: string, unit: string, on: boolean): void {
    const values = { unit: this.wiring.model().units[unit]?.name ?? unit, group: this.wiring.model().groups[group]?.name ?? group }
    this.wiring.link.ask({ type: on ? 'group.affiliate' : 'group.leave', group, unit }).then(
      () => this.wiring.notice(on ? 'notice.affiliated' : 'notice.unaffiliated', values, 'good'),
      (error: unknown) => this.wiring.failed('affiliate', error),
    )
  }

  /** @returns the group's id once the server has made it */
  async make({ name, units, area, incident }: NewGroup): Promise<string | undefined> {
    const group = newId()
    const message: GroupMake = {
      type: 'group.make', group, name, units: withOurs(units, this.wiring.model().me?.unit), ...(area && area.length > 2 ? { area: [...area] } : {}), ...(incident ? { incident } : {}),
    }
    return this.ask('makeGroup', () => this.wiring.link.ask(message), group)
  }

  async close(group: string): Promise<void> {
    await this.ask('closeGroup', () => this.wiring.link.ask({ type: 'group.close', group }), group)
  }

  async patch(groups: readonly string[]): Promise<string | undefined> {
    const patch = newId()
    return this.ask('patch', () => this.wiring.link.ask({ type: 'group.patch', patch, groups: [...groups] }), patch)
  }

  async unpatch(patch: string): Promise<void> {
    await this.ask('unpatch', () => this.wiring.link.ask({ type: 'group.unpatch', patch }), patch)
  }

  raise(call: string, tier: Severity): void {
    this.wiring.link.ask({ type: 'call.tier', call, tier }).catch((error: unknown) => this.wiring.failed('tier', error))
  }

  private async ask(what: string, send: () => Promise<unknown>, id: string): Promise<string | undefined> {
    try {
      await send()
      return id
    } catch (error) {
      this.wiring.failed(what, error)
      return undefined
    }
  }
}

/** Who makes a group speaks in it. */
function withOurs(units: readonly string[], own: string | undefined): string[] {
  return own === undefined || units.includes(own) ? [...units] : [...units, own]
}
