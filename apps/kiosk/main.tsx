/** The kiosk starts here: what it knows, what it shows, and then the branch, which it can be without. */
import '../shell/no-eval.ts'
import '../shell/own-scripts.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import './kiosk.css'
import { createRoot } from 'react-dom/client'
import { workerLinkOf } from '../shell/worker-link.ts'
import { KioskApp } from './kiosk-app.tsx'
import { holdStill } from './outside/hold-still.ts'
import { joinKiosk, openKiosk } from './outside/kiosk.ts'

holdStill(window)
const opened = openKiosk()
const place = document.getElementById('app')
if (place !== null) createRoot(place).render(<KioskApp kiosk={opened.kiosk} />)
void workerLinkOf('kiosk')
  .start()
  .catch(() => undefined)

/** For whoever switches the kiosk off. */
const joined = joinKiosk(opened)
Object.assign(globalThis, { usherStop: () => joined.then((running) => running.stop()) })
