import type { Place } from './messages'

/** Somebody in the field says that they are at a place. `at`: by the device's clock, also when it is sent later. */
export interface CheckInWish { clientId: string; place: string; point?: Place; accuracyMetres?: number; note?: string; at: string }

export interface CheckIn { id: string; node: string; unit: string; unitName: string; who: string; place: string; point?: Place; accuracyMetres?: number; note: string; at: string; receivedAt: string }
