import type { PublicReport, ReportCode, ReportState, SentEvidence } from '@/protocol/reports'
import { ask } from './rest'

const PUBLIC = '/api/public'

/** What anybody may ask without an account. */
export const reports = {
  code: (code: string): Promise<ReportCode> => ask('', undefined, 'GET', `${PUBLIC}/codes/${encodeURIComponent(code)}`),
  send: (report: PublicReport): Promise<{ receipt: string }> => ask('', undefined, 'POST', `${PUBLIC}/reports`, report),
  state: (receipt: string): Promise<ReportState> => ask('', undefined, 'GET', `${PUBLIC}/reports/${encodeURIComponent(receipt)}`),
  /** What was sent with it, and whether it arrived. */
  sent: (receipt: string): Promise<SentEvidence[]> => ask('', undefined, 'GET', `${PUBLIC}/reports/${encodeURIComponent(receipt)}/uploads`),
  rate: (receipt: string, stars: number, text: string): Promise<void> => ask('', undefined, 'POST', `${PUBLIC}/reports/${encodeURIComponent(receipt)}/rating`, { stars, ...(text ? { text } : {}) }),
}
