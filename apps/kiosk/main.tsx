/** The kiosk starts here: what it knows, what it shows, and then the branch, which it can be without. */
import '../lobby/no-eval.ts'
import './trusted.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import './kiosk.css'
import { createRoot } from 'react-dom/client'
import { KioskApp } from './kiosk-app.tsx'
import { joinKiosk, openKiosk } from './outside/kiosk.ts'
import { startWorker } from './start-worker.ts'

const opened = openKiosk()
const place = document.getElementById('app')
if (place !== null) createRoot(place).render(<KioskApp kiosk={opened.kiosk} />)
void startWorker().catch(() => undefined)
void joinKiosk(opened)
