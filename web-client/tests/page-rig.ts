import { mount, type VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'
import { addWords } from '../src/i18n'
import caseWords from '../src/i18n/zh/case'
import consoleWords from '../src/i18n/zh/console'
import dutyWords from '../src/i18n/zh/duty'
import incidentWords from '../src/i18n/zh/incidents'
import terminalWords from '../src/i18n/zh/terminal'
import { SESSION } from '../src/session/wiring'
import type { SessionRig } from './session-rig'

addWords(caseWords)
addWords(consoleWords)
addWords(dutyWords)
addWords(incidentWords)
addWords(terminalWords)

/** A piece of a screen around a session that a test speaks for. */
export function show(component: Component, rig: SessionRig, props: Record<string, unknown> = {}, provide: Record<symbol, unknown> = {}): Shown {
  const wrapper = mount(component, { props, global: { provide: { [SESSION as symbol]: rig.session, ...provide } }, attachTo: document.body })
  return {
    wrapper,
    at: (id) => wrapper.find(`[data-testid="${id}"]`),
    all: (id) => wrapper.findAll(`[data-testid="${id}"]`),
  }
}

export interface Shown {
  wrapper: VueWrapper
  at(id: string): ReturnType<VueWrapper['find']>
  all(id: string): ReturnType<VueWrapper['findAll']>
}
