/** The addresses of the pages that are programs: whatever lies below one of them is answered by its own files. */
import { z } from 'zod'
import type { DeskRole } from './roles.ts'
import { type Admitted, deskRoute } from './route.ts'

/** Who has a place in the lobby, or looks over it. */
export const lobbyRoles = ['manager', 'staff', 'admin', 'auditor'] as const satisfies readonly DeskRole[]

/** Whose pages follow the branch: also those of whoever is called from afar. */
export const lineRoles = [...lobbyRoles, 'expert', 'lead'] as const satisfies readonly DeskRole[]

/** Whoever is called from afar, and who leads them. */
export const expertRoles = ['expert', 'lead'] as const satisfies readonly DeskRole[]

/** Whatever stands behind the address is for the page. */
const Any = z.object({})

/** Where somebody wanted to go before he was asked to sign in: within this hub, or nowhere. */
export const Next = z
  .string()
  .max(512)
  .regex(/^\/(?:lobby|expert|recordings)(?:[/?][\w\-./?=&%~,:+]*)?$/)
  .optional()
  .catch(undefined)

const pageAt = (path: `/${string}`, admits: Admitted) =>
  deskRoute({ method: 'GET', path, admits, request: Any, response: 'page', errors: [] })
const filesAt = (path: `/${string}/*`, admits: Admitted) =>
  deskRoute({
    method: 'GET',
    path,
    admits,
    request: z.object({ '*': z.string() }),
    response: 'page',
    errors: ['request.unknown'],
  })

/** Screens and kiosks come to anybody: nobody signs in at them, and the device they are shows who it is at its own door. */
export const shellPages = {
  lobby: pageAt('/lobby', lobbyRoles),
  lobbyFile: filesAt('/lobby/*', lobbyRoles),
  expert: pageAt('/expert', expertRoles),
  expertFile: filesAt('/expert/*', expertRoles),
  screen: pageAt('/screen', 'anyone'),
  screenFile: filesAt('/screen/*', 'anyone'),
  kiosk: pageAt('/kiosk', 'anyone'),
  kioskFile: filesAt('/kiosk/*', 'anyone'),
}

/** The pages that are programs. */
export const shellNames = ['lobby', 'expert', 'screen', 'kiosk'] as const
export type ShellName = (typeof shellNames)[number]
