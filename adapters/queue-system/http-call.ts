/** A request to the queue system's own interface: signed in, in time, not redirected, and with an answer that has a limit. */
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { z } from 'zod'
import { parsedJson } from '../shared/json.ts'

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
  /** PEM file of the authority behind it; without one, those that the machine knows. */
  readonly ca: string | undefined
  readonly withinMs: number
  readonly signal: AbortSignal
}

export type Answered =
  | { readonly status: number; readonly json: unknown }
  /** `mayHaveArrived` is false when there was certainly no connection. */
  | { readonly status?: never; readonly mayHaveArrived: boolean }

const answerBytesMax = 1_000_000

/** @returns undefined for one that has no end. */
const bodyOf = async (answer: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > answerBytesMax) return undefined
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

const neverConnected: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Redirections are not followed: nobody else is shown the password. */
const send = ({ method, url, headers, body, signIn, ca, withinMs, signal }: Call): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:')
    const outgoing = (isSecure ? secureRequest : plainRequest)(
      url,
      {
        method,
        headers: {
          accept: 'application/json',
          'content-length': Buffer.byteLength(body ?? ''),
          ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
          ...headers,
          ...headersOf(signIn),
        },
        ...(isSecure && ca !== undefined && { ca: readFileSync(ca) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
      },
      resolve,
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })

export const call = async (request: Call): Promise<Answered> => {
  try {
    const answer = await send(request)
    const text = await bodyOf(answer)
    return { status: answer.statusCode ?? 0, json: text === undefined ? undefined : parsedJson(text) }
  } catch (error) {
    return { mayHaveArrived: !neverConnected.has((error as { code?: unknown }).code) }
  }
}
