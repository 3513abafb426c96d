import { defineAsyncComponent } from 'vue'

/** What comes after the first screen, and before anybody can be out of reach of the server for long. */
const SHEETS = {
  groups: () => import('./talk/GroupSheet.vue'),
  missed: () => import('./talk/MissedSheet.vue'),
  settings: () => import('@/app/settings/SettingsSheet.vue'),
  refuse: () => import('./orders/RefuseSheet.vue'),
  menu: () => import('./MenuSheet.vue'),
  report: () => import('./report/ReportSheet.vue'),
  evidence: () => import('@/app/evidence/SendEvidence.vue'),
  way: () => import('./orders/WayLink.vue'),
  call: () => import('./calls/CallPanel.vue'),
}

export const GroupSheet = defineAsyncComponent(SHEETS.groups)
export const MissedSheet = defineAsyncComponent(SHEETS.missed)
export const SettingsSheet = defineAsyncComponent(SHEETS.settings)
export const RefuseSheet = defineAsyncComponent(SHEETS.refuse)
export const MenuSheet = defineAsyncComponent(SHEETS.menu)
export const ReportSheet = defineAsyncComponent(SHEETS.report)
export const SendEvidence = defineAsyncComponent(SHEETS.evidence)
export const WayLink = defineAsyncComponent(SHEETS.way)
/** Empty until there is a call, which needs a line as this does. */
export const CallPanel = defineAsyncComponent(SHEETS.call)

export function fetchSheets(): void {
  Object.values(SHEETS).forEach((fetch) => void fetch().catch(() => undefined))
}
