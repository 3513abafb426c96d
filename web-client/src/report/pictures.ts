import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import { Uploads, type Sending } from '@/connection/evidence/uploads'
import type { Target } from '@/connection/evidence/tus'

/** Photos of one report; or one video instead. */
export const MOST = 4

interface Pictures { uploads: Uploads; pictures: ShallowRef<readonly Sending[]> }

/** What was chosen at the form goes on at the receipt: the report itself never waits for it. */
const handed = new Map<string, Pictures>()
const shown = new WeakMap<Uploads, Pictures>()

export function targetOf(receipt: string): Target {
  return { home: `/api/public/reports/${encodeURIComponent(receipt)}/uploads`, about: {} }
}

/** @param key under which the browser keeps what has not arrived */
export function usePictures(key: string, target?: Target): Pictures {
  const given = handed.get(key)
  handed.delete(key)
  const used = given ?? fresh(key)
  if (target) void used.uploads.send(target, key)
  if (!given) void used.uploads.resume()
  onBeforeUnmount(() => {
    if (![...handed.values()].includes(used)) used.uploads.stop()
  })
  return used
}

/** To be called before the form goes. */
export function handOver(receipt: string, uploads: Uploads): void {
  handed.set(`receipt/${receipt}`, shown.get(uploads)!)
}

function fresh(key: string): Pictures {
  const pictures = shallowRef<readonly Sending[]>([])
  const made = { uploads: new Uploads(key, { origin: () => location.origin }, (all) => (pictures.value = all)), pictures }
  shown.set(made.uploads, made)
  return made
}
