import type { IncidentPoint, Named } from './incidents'

/** What a code on a wall stands for. */
export interface ReportCode { code: string; title: Named; kind?: string; place: string; node: string }

/** `clientId` is chosen by the page, so sending it again changes nothing. */
export interface PublicReport { clientId: string; code: string; text: string; name?: string; phone?: string; point?: IncidentPoint }

/** What whoever reported it may know of it. */
export interface ReportState { number?: string; state: string; step?: string; openedAt: string; closedAt?: string; result?: string; rated: boolean }

/** A citizen's photo or video: that it is there, never what it shows. */
export interface SentEvidence { id: string; type: string; bytes: number; arrived: boolean }
