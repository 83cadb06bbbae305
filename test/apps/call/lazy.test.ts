/** Nobody waits for the program of a call who does not call: pages load it when a call begins, and know its types alone. */
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const apps = join(import.meta.dirname, '../../../apps')

/** What a file loads of it together with itself. */
const loadsAtOnce = (file: string, text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|export)\s(?!type\b)(?:(?!^import)[^;])*?from '(\.[^']+)'/gms)]
    .map(([, path = '']) => posix.join(posix.dirname(file), path))
    .filter((path) => path.startsWith('call/'))

test('no page loads it with itself', () => {
  const files = globSync('*/**/*.{ts,tsx}', { cwd: apps }).filter((file) => !file.startsWith('call/'))
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((file) =>
    loadsAtOnce(file, readFileSync(join(apps, file), 'utf8')).map((path) => `${file}: ${path}`),
  )
  expect(found).toEqual([])
})

test('one that did would be seen', () => {
  const loads = (text: string) => loadsAtOnce('kiosk/pages/a.ts', text)
  expect(loads("import { openCall } from '../../call/open-call.ts'\n")).toEqual(['call/open-call.ts'])
  expect(loads("import {\n  openCall,\n} from '../../call/open-call.ts'\n")).toHaveLength(1)
  expect(loads("import type { CallMedia } from '../../call/port.ts'\n")).toEqual([])
  expect(loads("const { openCall } = await import('../../call/open-call.ts')\n")).toEqual([])
  expect(loads("import { words } from './call/words.ts'\n")).toEqual([])
})
