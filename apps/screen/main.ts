/** A screen of the branch starts here: what it kept first, so that it plays; then the hub. */
import '../shell/no-eval.ts'
import '../shell/own-scripts.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import './screen.css'
import { workerLinkOf } from '../shell/worker-link.ts'
import { startScreen } from './screen.ts'

const place = document.getElementById('app')
const link = workerLinkOf('screen')
void link.start().catch(() => undefined)
if (place !== null) void startScreen(place, link)
