import { shallowRef, type ShallowRef } from 'vue'
import { Uploads, type Sending } from '@/connection/evidence/uploads'

/** Photos of one report; or one video instead. */
export const MOST = 4

interface Pictures { uploads: Uploads; shown: ShallowRef<readonly Sending[]> }

/** They go on as long as the page is there: what was chosen at the form arrives while the receipt is shown. */
const open = new Map<string, Pictures>()

/** @param draft under which they were chosen, and under which the browser keeps what has not arrived */
export function picturesOf(draft: string): Pictures {
  const before = open.get(draft)
  if (before) return before
  const shown = shallowRef<readonly Sending[]>([])
  const pictures = { uploads: new Uploads(`report/${draft}`, { origin: () => location.origin }, (all) => (shown.value = all)), shown }
  open.set(draft, pictures)
  void pictures.uploads.resume()
  return pictures
}
