import type { Consultation } from './messages'

/** Who can be called together by one press, in one town. `every` and `nextAt`: it comes again. */
export interface ConsultationPreset { id: string; town: string; name: string; members: string[]; every?: 'day' | 'week' | 'month'; nextAt?: string }

export interface ConsultationOverview { presets: ConsultationPreset[]; open: Consultation[] }

/** `key`: id of a room or of an incident, or a kind's word. `text`: of an incident. */
export interface AgendaLine { key: string; text: string; count: number; due?: string }

/** `share`: 0 to 1. */
export interface AgendaItem { topic: 'closure' | 'late' | 'satisfaction' | 'execution' | 'rooms' | 'kinds' | 'overdue'; count: number; part: number; share?: number; lines: AgendaLine[] }

export interface Agenda { preset: string; town: string; from: string; to: string; at: string; items: AgendaItem[] }
