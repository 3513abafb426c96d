import { createApp } from 'vue'
import { addWords, firstLocale, setLocale } from '@/i18n'
import words from '@/i18n/zh/report'
import '@/ui/tokens.css'
import ReportApp from './ReportApp.vue'
import '@/ui/light.css'
import './report.css'

addWords(words)

async function begin(): Promise<void> {
  await setLocale(firstLocale())
  createApp(ReportApp).mount('#app')
}

void begin()
