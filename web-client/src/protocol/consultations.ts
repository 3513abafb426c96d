import type { Consultation } from './messages'

/** Who can be called together by one press, in one town. */
export interface ConsultationPreset { id: string; town: string; name: string; members: string[] }

export interface ConsultationOverview { presets: ConsultationPreset[]; open: Consultation[] }
