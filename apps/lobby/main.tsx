/** The lobby manager's tablet starts here: who is signed in, then everything else. */
import './no-eval.ts'
import './no-markup.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { Lobby } from './lobby.tsx'
import { followSystem, readTheme, readTongue, showTheme, showTongue } from './settings.ts'
import { lobbyWorker } from './worker-link.ts'

showTheme(readTheme())
followSystem()
showTongue(readTongue())
const place = document.getElementById('app')
if (place !== null) createRoot(place).render(<Lobby />)
void lobbyWorker.start().catch(() => undefined)
