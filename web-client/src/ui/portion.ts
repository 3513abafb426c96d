import { ref, watch, type Ref } from 'vue'

const PORTION = 150
/** Rows are drawn before the last one comes into view. */
const AHEAD_PX = 600

export interface Portion {
  size: Ref<number>
  onScroll(event: Event): void
  /** Draws at least up to this row. */
  reach(row: number): void
}

/** How many rows of a long list are drawn: a first portion, and one more whenever its end comes near. */
export function usePortion(begunAnew: () => unknown): Portion {
  const size = ref(PORTION)
  watch(begunAnew, () => (size.value = PORTION))
  return {
    size,
    onScroll(event) {
      const list = event.currentTarget as HTMLElement
      if (list.scrollTop + list.clientHeight + AHEAD_PX >= list.scrollHeight) size.value += PORTION
    },
    reach(row) {
      if (row >= size.value) size.value = row + PORTION
    },
  }
}
