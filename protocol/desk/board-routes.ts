/** What the lobby may know, asked for by pages of screens and kiosks, which nobody is signed in at. */
import { z } from 'zod'
import { Board } from '../board.ts'
import { deskRoute } from './route.ts'

export const boardRoutes = {
  board: deskRoute({
    method: 'GET',
    path: '/api/board',
    admits: 'anyone',
    request: z.object({}),
    response: Board,
    errors: ['branch.no-file'],
    keeps: true,
  }),
}
