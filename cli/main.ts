/** The `usher` command. Commands load what they need when they run, so that a restart is not kept waiting. */
import { CommanderError } from 'commander'
import { exitCodes } from './io/exit-codes.ts'
import { exitCodeOf, failureText } from './io/failure.ts'
import { createProgram } from './program.ts'

// `usher journal tail | head`: a reader that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.ok)
})

try {
  await createProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  } else {
    console.error(failureText(error))
    process.exitCode = exitCodeOf(error)
  }
}
