/** What a big screen shows, one after the other. */
export const PANELS = ['map', 'pictures', 'incidents', 'figures'] as const
export type Panel = (typeof PANELS)[number]

/** Seconds that each stays. */
export const PACES = [10, 15, 20, 30, 60, 120] as const
export const PICTURES_AT_ONCE = 4

export interface Rotation {
  panel: Panel
  /** When it was put up; the clock stands while paused. */
  since: number
  paused: boolean
  /** Seconds. */
  pace: number
  /** Which of several pages of live pictures. */
  page: number
}

export function begun(now: number, pace: number): Rotation {
  return { panel: PANELS[0], since: now, paused: false, pace: (PACES as readonly number[]).includes(pace) ? pace : 20, page: 0 }
}

/** Goes on when it is time; what would be empty is left out. */
export function ticked(rotation: Rotation, now: number, pictures: number): Rotation {
  return !rotation.paused && now - rotation.since >= rotation.pace * 1000 ? next(rotation, now, pictures) : rotation
}

/** The next page of pictures, or the next panel. */
export function next(rotation: Rotation, now: number, pictures: number): Rotation {
  const pages = Math.ceil(pictures / PICTURES_AT_ONCE)
  if (rotation.panel === 'pictures' && rotation.page + 1 < pages) return { ...rotation, since: now, page: rotation.page + 1 }
  const order = PANELS.filter((panel) => panel !== 'pictures' || pictures > 0)
  const at = PANELS.indexOf(rotation.panel)
  const panel = order.find((one) => PANELS.indexOf(one) > at) ?? order[0]!
  return { ...rotation, panel, since: now, page: 0 }
}

export function paused(rotation: Rotation, now: number): Rotation {
  return { ...rotation, paused: !rotation.paused, since: now }
}

/** The next slower or faster pace there is. */
export function paced(rotation: Rotation, by: 1 | -1): Rotation {
  const at = (PACES as readonly number[]).indexOf(rotation.pace)
  return { ...rotation, pace: PACES[Math.min(PACES.length - 1, Math.max(0, at + by))]! }
}

/** Who is seen on this page, by who began first. */
export function onPage(units: readonly string[], page: number): string[] {
  return units.slice(page * PICTURES_AT_ONCE, (page + 1) * PICTURES_AT_ONCE)
}
