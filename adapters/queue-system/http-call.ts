/** A request to the queue system's own interface: signed in, in time, not redirected, and with an answer that has a limit. */
import { z } from 'zod'

/** What is shown to the queue system. */
export const SignIn = z.union([
  z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) }),
  z.strictObject({
    token: z.string().min(1).max(512),
    /** The header that carries it; without one it is `Authorization: Bearer`. */
    header: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)
      .optional(),
  }),
])
export type SignIn = z.infer<typeof SignIn>

const headersOf = (signIn: SignIn | undefined): Record<string, string> => {
  if (signIn === undefined) return {}
  if ('username' in signIn) {
    const login = Buffer.from(`${signIn.username}:${signIn.password}`).toString('base64')
    return { authorization: `Basic ${login}` }
  }
  return signIn.header === undefined
    ? { authorization: `Bearer ${signIn.token}` }
    : { [signIn.header.toLowerCase()]: signIn.token }
}

export interface Call {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signIn: SignIn | undefined
  readonly withinMs: number
  readonly signal: AbortSignal
}

export type Answered =
  | { readonly status: number; readonly json: unknown }
  /** `mayHaveArrived` is false when there was certainly no connection. */
  | { readonly status?: never; readonly mayHaveArrived: boolean }

const answerBytesMax = 1_000_000

const bodyOf = async (response: Response): Promise<string | undefined> => {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > answerBytesMax) return undefined
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

const parsed = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const codeOf = (error: unknown): unknown =>
  error instanceof Error ? ((error.cause as { code?: unknown } | undefined)?.code ?? undefined) : undefined

export const call = async ({ signIn, withinMs, signal, ...request }: Call): Promise<Answered> => {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(request.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
        ...request.headers,
        ...headersOf(signIn),
      },
      ...(request.body !== undefined && { body: request.body }),
      // Nobody else is shown the password.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
    })
    return { status: response.status, json: parsed(await bodyOf(response)) }
  } catch (error) {
    return { mayHaveArrived: !neverConnected.has(String(codeOf(error))) }
  }
}
