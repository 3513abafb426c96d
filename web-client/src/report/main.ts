import { createApp } from 'vue'
import { addWords, firstLocale, setLocale } from '@/i18n'
import evidence from '@/i18n/zh/evidence'
import words from '@/i18n/zh/report'
import '@/ui/tokens.css'
import ReportApp from './ReportApp.vue'
import './report.css'

addWords({ ...words, ...evidence })

async function begin(): Promise<void> {
  await setLocale(firstLocale())
  createApp(ReportApp).mount('#app')
}

void begin()
