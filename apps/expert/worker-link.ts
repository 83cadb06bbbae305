/** The expert's page and its service worker. */
import { workerLinkOf } from '../shell/worker-link.ts'

export const expertWorker = workerLinkOf('expert')
