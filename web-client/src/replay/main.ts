import { createApp } from 'vue'
import { addWords, firstLocale, setLocale } from '@/i18n'
import cases from '@/i18n/zh/case'
import incidents from '@/i18n/zh/incidents'
import meeting from '@/i18n/zh/meeting'
import words from '@/i18n/zh/replay'
import '@/ui/tokens.css'
import ReplayApp from './ReplayApp.vue'

for (const some of [cases, incidents, meeting, words]) addWords(some)

async function begin(): Promise<void> {
  await setLocale(firstLocale())
  createApp(ReplayApp).mount('#app')
}

void begin()
