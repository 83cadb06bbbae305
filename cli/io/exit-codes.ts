/** What the shell learns when a command ends. Documented in docs/operations/command-line.md. */
export const exitCodes = {
  ok: 0,
  /** Understood and turned down: the code on the error line says why. */
  refused: 1,
  /** The words of the command do not fit. */
  usage: 2,
  /** No hub runs on that data directory. */
  unreachable: 3,
  /** The hub stopped by itself (sysexits.h: EX_SOFTWARE). */
  hubFailed: 70,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
