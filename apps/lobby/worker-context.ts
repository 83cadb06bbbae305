/** The service worker of the page that this is: pages of other addresses are made of the same parts. */
import { createContext } from 'react'
import type { WorkerLink } from '../shell/worker-link.ts'
import { lobbyWorker } from './worker-link.ts'

export const WorkerContext = createContext<WorkerLink>(lobbyWorker)
