import { createApp } from 'vue'
import { addWords, firstLocale, setLocale } from '@/i18n'
import words from '@/i18n/zh/mediation'
import '@/ui/tokens.css'
import MediationApp from './MediationApp.vue'
import '@/ui/light.css'
import './mediation.css'

addWords(words)

async function begin(): Promise<void> {
  await setLocale(firstLocale())
  createApp(MediationApp).mount('#app')
}

void begin()
