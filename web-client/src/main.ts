import { createApp } from 'vue'
import App from './App.vue'
import { exposeSession } from './debug'
import { firstLocale, setLocale } from './i18n'
import { SESSION_OPENED } from './session/wiring'
import './ui/tokens.css'

async function begin(): Promise<void> {
  await setLocale(firstLocale())
  createApp(App).provide(SESSION_OPENED, exposeSession).mount('#app')
}

void begin()

// Only for installing and for a page that explains being offline; nothing depends on it.
if ('serviceWorker' in navigator && import.meta.env.PROD) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
}
