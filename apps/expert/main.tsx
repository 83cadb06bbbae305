/** The expert's console starts here: who is signed in, then everything else. */
import '../shell/no-eval.ts'
import '../lobby/no-markup.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { followSystem, readTheme, readTongue, showTheme, showTongue } from '../lobby/settings.ts'
import { Expert } from './expert.tsx'
import { expertWorker } from './worker-link.ts'

showTheme(readTheme())
followSystem()
showTongue(readTongue())
const place = document.getElementById('app')
if (place !== null) createRoot(place).render(<Expert />)
void expertWorker.start().catch(() => undefined)
