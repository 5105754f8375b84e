// First of all: it takes the token off the address, which the router must not see.
import './lib/session.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import './app/base.css'
import { router } from './app/routes.ts'
import { engine } from './lib/engine.ts'
import { applyTheme } from './lib/preferences.ts'
import { pulse } from './lib/pulse.ts'

applyTheme()
void engine.connect()
void pulse.follow()
createApp(App).use(createPinia()).use(router).mount('#app')
