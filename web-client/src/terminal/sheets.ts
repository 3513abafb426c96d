import { defineAsyncComponent } from 'vue'
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

export const GroupSheet = defineAsyncComponent(SHEETS.groups)
export const MissedSheet = defineAsyncComponent(SHEETS.missed)
export const SettingsSheet = defineAsyncComponent(SHEETS.settings)
export const RefuseSheet = defineAsyncComponent(SHEETS.refuse)
export const MenuSheet = defineAsyncComponent(SHEETS.menu)
export const CheckInSheet = defineAsyncComponent(SHEETS.checkIn)
export const ReportSheet = defineAsyncComponent(SHEETS.report)
export const SendEvidence = defineAsyncComponent(SHEETS.evidence)
export const WayLink = defineAsyncComponent(SHEETS.way)
/** Empty until somebody asks this one into a mediation. */
export const ExpertRing = defineAsyncComponent(SHEETS.ring)
/** Empty until there is a call, which needs a line as this does. */
export const CallPanel = defineAsyncComponent(SHEETS.call)
/** Empty until somebody asks for a picture. */
export const AskNotice = defineAsyncComponent(SHEETS.ask)
/** Empty until somebody rings, which takes a line too. */
export const IncomingCall = defineAsyncComponent(SHEETS.incoming)
/** Empty until somebody listens in. */
export const AmbientBanner = defineAsyncComponent(SHEETS.ambient)

/** Check-ins that were kept go on their way, whether their sheet is opened or not. */
export function fetchSheets(session: DispatchSession): void {
  Object.values(SHEETS).forEach((fetch) => void fetch().catch(() => undefined))
  void import('./check-in/check-in-desk').then(({ checkInDesk }) => checkInDesk(session), () => undefined)
}
