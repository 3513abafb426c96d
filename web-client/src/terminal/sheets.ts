import { fetched, lazily } from '@/ui/lazily'
import type { DispatchSession } from '@/session/session'

/** What comes after the first screen, and before anybody can be out of reach of the server for long. */
const SHEETS = {
  groups: () => import('./talk/GroupSheet.vue'),
  missed: () => import('./talk/MissedSheet.vue'),
  settings: () => import('@/app/settings/SettingsSheet.vue'),
  refuse: () => import('./orders/RefuseSheet.vue'),
  menu: () => import('./MenuSheet.vue'),
  checkIn: () => import('./check-in/CheckInSheet.vue'),
  report: () => import('./report/ReportSheet.vue'),
  evidence: () => import('@/app/evidence/SendEvidence.vue'),
  way: () => import('./orders/WayLink.vue'),
  ring: () => import('@/app/expert/ExpertRing.vue'),
  call: () => import('./calls/CallPanel.vue'),
  ask: () => import('./AskNotice.vue'),
  incoming: () => import('./calls/IncomingCall.vue'),
  ambient: () => import('./calls/AmbientBanner.vue'),
}

export const GroupSheet = lazily(SHEETS.groups)
export const MissedSheet = lazily(SHEETS.missed)
export const SettingsSheet = lazily(SHEETS.settings)
export const RefuseSheet = lazily(SHEETS.refuse)
export const MenuSheet = lazily(SHEETS.menu)
export const CheckInSheet = lazily(SHEETS.checkIn)
export const ReportSheet = lazily(SHEETS.report)
export const SendEvidence = lazily(SHEETS.evidence)
export const WayLink = lazily(SHEETS.way)
/** Empty until somebody asks this one into a mediation. */
export const ExpertRing = lazily(SHEETS.ring)
/** Empty until there is a call, which needs a line as this does. */
export const CallPanel = lazily(SHEETS.call)
/** Empty until somebody asks for a picture. */
export const AskNotice = lazily(SHEETS.ask)
/** Empty until somebody rings, which takes a line too. */
export const IncomingCall = lazily(SHEETS.incoming)
/** Empty until somebody listens in. */
export const AmbientBanner = lazily(SHEETS.ambient)

/** Check-ins that were kept go on their way, whether their sheet is opened or not. */
export function fetchSheets(session: DispatchSession): void {
  Object.values(SHEETS).forEach((fetch) => void fetched<unknown>(fetch).catch(() => undefined))
  void fetched(() => import('./check-in/check-in-desk')).then(({ checkInDesk }) => checkInDesk(session), () => undefined)
}
