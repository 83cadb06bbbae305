/** A hub starts as if nobody ever asked: what answers questions is loaded with the first of them. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const program = `
import module from 'node:module'
const loaded = []
module.registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
await import(${JSON.stringify(join(root, 'hub/main.ts'))})
console.log(JSON.stringify(loaded))
`

test('the hub loads none of it at its start', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  const loaded = (JSON.parse(said) as string[]).filter((url) => url.startsWith('file:'))
  expect(loaded.length).toBeGreaterThan(100)
  const early = loaded.filter((url) =>
    /\/hub\/(?:figures|desk\/look|look\/(?:words|day|search|fired|plan|tell))/.test(url),
  )
  expect(early).toEqual([])
  expect(loaded.filter((url) => url.includes('/node_modules/fastify/'))).toEqual([])
})
