/** A flow's policy is made whole by the flow's own schema before it becomes an entry: a machine never sees a partial one. */
import { prettifyError, type ZodError } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { detailOfIssue } from '#protocol/desk/details.ts'
import { UsherError } from '#protocol/errors.ts'

/** @throws UsherError `flow.unknown` or `policy.invalid`, naming each setting. */
export type ParsePolicy = (flow: string, policy: Readonly<Record<string, unknown>>) => Record<string, unknown>

const refusalOf = (error: ZodError) =>
  new UsherError('policy.invalid', prettifyError(error), {
    details: error.issues.map((issue) => detailOfIssue(issue, issue.path.map(String).join('.'))),
  })

/** @param flows those in force; a function where that can change. */
export const createPolicyParser =
  (flows: readonly AnyFlow[] | (() => readonly AnyFlow[])): ParsePolicy =>
  (id, policy) => {
    const inForce = typeof flows === 'function' ? flows() : flows
    const flow = inForce.find((candidate) => candidate.id === id)
    if (flow === undefined) throw new UsherError('flow.unknown', id)
    const parsed = flow.policy.safeParse(policy)
    if (!parsed.success) throw refusalOf(parsed.error)
    return parsed.data as Record<string, unknown>
  }
