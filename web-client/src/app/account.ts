import { shallowRef, type ShallowRef } from 'vue'
import type { Credentials } from '@/connection/door/sign-in'

const KEY = 'maplebridge.account'

/** Who is signed in at this tab. Two tabs may be two people, so the tab's own memory comes first. */
export const account: ShallowRef<Credentials | undefined> = shallowRef(load())

export function remember(credentials: Credentials, onThisDevice: boolean): void {
  const text = JSON.stringify(credentials)
  sessionStorage.setItem(KEY, text)
  if (onThisDevice) localStorage.setItem(KEY, text)
  account.value = credentials
}

export function forget(): void {
  sessionStorage.removeItem(KEY)
  const own = account.value?.token
  if (parse(localStorage.getItem(KEY))?.token === own) localStorage.removeItem(KEY)
  account.value = undefined
}

/** Units in the field get the terminal, whoever may dispatch or command gets the console. */
export function homeOf(credentials: Credentials): '/console' | '/terminal' {
  const { unit, rights = [] } = credentials.user
  return unit && !rights.includes('dispatch') && !rights.includes('command') ? '/terminal' : '/console'
}

function load(): Credentials | undefined {
  return parse(sessionStorage.getItem(KEY)) ?? parse(localStorage.getItem(KEY))
}

function parse(text: string | null): Credentials | undefined {
  if (!text) return undefined
  try {
    const credentials = JSON.parse(text) as Credentials
    return Date.parse(credentials.expiresAt) > Date.now() ? credentials : undefined
  } catch {
    return undefined
  }
}
