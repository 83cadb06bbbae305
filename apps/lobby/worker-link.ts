/** The tablet's page and its service worker. */
import { workerLinkOf } from '../shell/worker-link.ts'

export const lobbyWorker = workerLinkOf('lobby')
