/** How a route of the desk is declared: once, for the hub that answers and for the page that asks. */
import type { z } from 'zod'
import type { DeskErrorCode } from './errors.ts'
import type { DeskRole } from './roles.ts'

/** `anyone`: also who is not signed in. `signed-in`: whatever the role. */
export type Admitted = 'anyone' | 'signed-in' | readonly DeskRole[]

export interface DeskRoute<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  /** Only POST changes anything. */
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly admits: Admitted
  /** The query of a GET, the body of a POST. */
  readonly request: Request
  /**
   * `page`: HTML for a person, or the way to another page. `style`: what pages look like. `lines`: a file to be kept,
   * line by line of JSON.
   */
  readonly response: Response | 'page' | 'style' | 'lines'
  /** Besides those of every route. */
  readonly errors: readonly DeskErrorCode[]
  /** Changes seldom: a browser that has the answer asks whether it is still the same, and gets nothing if it is. */
  readonly keeps?: true
  /** Of a POST that may be longer than a few words. */
  readonly bodyBytesMax?: number
}

/** Keeps the exact types of one declaration. */
export const deskRoute = <Request extends z.ZodType, Response extends z.ZodType>(
  route: DeskRoute<Request, Response>,
): DeskRoute<Request, Response> => route

export type RequestOf<Route> = Route extends DeskRoute<infer Request> ? z.infer<Request> : never
export type ResponseOf<Route> = Route extends DeskRoute<z.ZodType, infer Response> ? z.infer<Response> : never

export const admits = (admitted: Admitted, roles: readonly DeskRole[] | undefined): boolean => {
  if (admitted === 'anyone') return true
  if (roles === undefined) return false
  return admitted === 'signed-in' || roles.some((role) => admitted.includes(role))
}
