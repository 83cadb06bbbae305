/** How a command that did not work says so: one line with a stable code, one with what to do, and an exit code. */
import { errors, isErrorCode, UsherError } from '#protocol/errors.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { printableLines } from './printable.ts'

/** HubRefused carries the hub's own code; compared by shape, so that reporting an error loads nothing. */
const codeOf = (error: unknown): string => {
  if (error instanceof UsherError) return error.code
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof Error && error.name === 'HubRefused' && typeof code === 'string') return code
  return 'hub.bug'
}

export const exitCodeOf = (error: unknown): ExitCode => {
  const code = codeOf(error)
  if (code === 'hub.unreachable') return exitCodes.unreachable
  if (code === 'command.invalid') return exitCodes.usage
  return code === 'hub.bug' || code === 'store.broken' || code === 'store.conflict'
    ? exitCodes.hubFailed
    : exitCodes.refused
}

export const failureText = (error: unknown): string => {
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  const remedy = isErrorCode(code) ? `\n${errors[code].remedy}` : ''
  return printableLines(`error ${code}: ${text}${remedy}`)
}
