#!/usr/bin/env node
/**
 * The door of `usher-conformance`. Plain JavaScript that an old Node can read: the examiner runs TypeScript directly,
 * which needs Node 24, and `npm ci` brings that along. Started on an older one, it starts itself again on that.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const majorMin = 24
const bundled = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('./main.ts', import.meta.url))

if (Number.parseInt(process.versions.node, 10) >= majorMin) {
  await import('./main.ts')
} else if (existsSync(bundled)) {
  const child = spawn(bundled, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both: the child decides when it has stopped cleanly.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => {
    process.exitCode = code ?? 2
  })
} else {
  process.stderr.write(
    `error node.too-old: the examiner needs Node ${majorMin} or later; this is ${process.version}.\n` +
      `Run \`npm ci\` in the folder of Usher: it brings Node ${majorMin} along for Linux.\n`,
  )
  process.exitCode = 2
}
