#!/usr/bin/env node
/**
 * The door of the `usher` command. Plain JavaScript that an old Node can read: Usher runs TypeScript directly, which
 * needs Node 24, and `npm ci` brings that along. Started on an older one, it starts itself again on the right one.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const majorMin = 24
/** Set in the second start, so that a wrong runtime in node_modules cannot start itself for ever. */
const secondStart = 'USHER_SECOND_START'

const isOld = Number.parseInt(process.versions.node, 10) < majorMin
const bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))

const refuse = () => {
  process.stderr.write(
    `error node.too-old: Usher needs Node ${majorMin} or later; this is ${process.version} (${process.execPath}).\n` +
      `Run \`npm ci\` in the folder of Usher: it brings Node ${majorMin} along for Linux on x64 and arm64. ` +
      `Elsewhere, install Node ${majorMin}.\n`,
  )
  process.exitCode = 1
}

const startAgain = () => {
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [secondStart]: '1' },
  })
  // A terminal sends Ctrl-C to both: the child decides when it has stopped cleanly.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', refuse)
  child.on('exit', (code, signal) => {
    // The convention of shells for an end by signal.
    process.exitCode = signal === null ? code : 128 + constants.signals[signal]
  })
}

/**
 * What was read and compiled once is kept, so that a restart is ready in well under a second. In a folder of our own: in
 * the one for temporary files, others could put code there. Where it cannot be written, nothing is kept.
 */
const keepCompiled = () =>
  module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/usher', import.meta.url)))

if (!isOld) {
  keepCompiled()
  await import('./main.ts')
} else if (existsSync(bundled) && process.env[secondStart] === undefined) startAgain()
else refuse()
