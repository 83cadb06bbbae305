/** The addresses of the pages that are programs: whatever lies below one of them is answered by its own files. */
import { z } from 'zod'
import type { DeskRole } from './roles.ts'
import { deskRoute } from './route.ts'

/** Who has a place in the lobby, or looks over it. */
export const lobbyRoles = ['manager', 'staff', 'admin', 'auditor'] as const satisfies readonly DeskRole[]

/** Whatever stands behind the address is for the page. */
const Any = z.object({})

/** Where somebody wanted to go before he was asked to sign in: within this hub, or nowhere. */
export const Next = z
  .string()
  .max(512)
  .regex(/^\/lobby(?:[/?][\w\-./?=&%~,:+]*)?$/)
  .optional()
  .catch(undefined)

export const shellPages = {
  lobby: deskRoute({
    method: 'GET',
    path: '/lobby',
    admits: lobbyRoles,
    request: Any,
    response: 'page',
    errors: [],
  }),
  lobbyFile: deskRoute({
    method: 'GET',
    path: '/lobby/*',
    admits: lobbyRoles,
    request: z.object({ '*': z.string() }),
    response: 'page',
    errors: ['request.unknown'],
  }),
}
