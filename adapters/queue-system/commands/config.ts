/** The requests by which this system lets a ticket be changed; one that is not configured is not offered. */
import { z } from 'zod'
import { SignIn } from '../http-call.ts'
import { PathSchema } from '../mapping/path.ts'
import { Template } from './template.ts'

const scalar = z.union([z.string().max(128), z.number(), z.boolean()])

const JsonBody = z.json().superRefine((body, context) => {
  const look = (value: unknown) => {
    if (typeof value === 'string') {
      const checked = Template.safeParse(value)
      for (const { message } of checked.error?.issues ?? []) context.addIssue({ code: 'custom', message })
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look)
  }
  look(body)
})

const CommandRequest = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE', 'GET']).default('POST'),
  /** Below `url`, or a whole address. */
  path: Template,
  headers: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/), Template).default({}),
  body: JsonBody.optional(),
  success: z
    .strictObject({
      status: z.array(z.int().min(100).max(599)).min(1).default([200, 201, 202, 204]),
      /** What the answer must say besides, where the system answers 200 to everything. */
      path: PathSchema.optional(),
      is: z.union([scalar.transform((one) => [one]), z.array(scalar).min(1)]).optional(),
    })
    .refine(({ path, is }) => (path === undefined) === (is === undefined), 'path and is go together')
    .prefault({}),
})
export type CommandRequest = z.output<typeof CommandRequest>

export const actions = ['hold', 'restore', 'release', 'transfer'] as const
export type Action = (typeof actions)[number]

export const CommandsSchema = z
  .strictObject({
    url: z.string().regex(/^https?:\/\//, 'starts with http:// or https://'),
    signIn: SignIn.optional(),
    /** PEM file of the authority behind it. */
    ca: z.string().min(1).optional(),
    withinMs: z.int().min(100).max(60_000).default(5_000),
    hold: CommandRequest.optional(),
    restore: CommandRequest.optional(),
    release: CommandRequest.optional(),
    transfer: CommandRequest.optional(),
  })
  .refine((commands) => actions.some((action) => commands[action] !== undefined), {
    message: 'names no command: leave it out for a system that can only be read',
  })
export type Commands = z.output<typeof CommandsSchema>
