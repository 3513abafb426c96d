import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Keeps the screen awake; taken again each time the page comes back to the front. */
export function useWakeLock(): Ref<'held' | 'off' | 'absent'> {
  const state = ref<'held' | 'off' | 'absent'>('wakeLock' in navigator ? 'off' : 'absent')
  let lock: WakeLockSentinel | undefined

  async function take(): Promise<void> {
    if (state.value === 'absent' || document.visibilityState !== 'visible' || state.value === 'held') return
    try {
      lock = await navigator.wakeLock.request('screen')
      state.value = 'held'
      lock.addEventListener('release', () => (state.value = 'off'))
    } catch {
      state.value = 'off' // low battery, or not in front
    }
  }

  onMounted(() => {
    void take()
    document.addEventListener('visibilitychange', take)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', take)
    void lock?.release()
  })
  return state
}
