/** The demo as a visitor sees it: alive by itself, there for a second terminal, gone without a trace. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { below, isAlive } from './processes.ts'
import { type Running, remove, scratch, startUsher, usher } from './support.ts'

/** On a quiet machine it is within a minute; the machine is not what this looks at. */
const patienceMs = 150_000
let folder: string
let demo: Running | undefined

beforeEach(() => {
  folder = scratch()
})

afterEach(async () => {
  const family = demo === undefined ? [] : below(demo.child.pid ?? -1)
  demo?.child.kill('SIGKILL')
  await demo?.ended
  await gone(family)
  demo = undefined
  remove(folder)
})

const startDemo = (...words: readonly string[]) => {
  demo = startUsher(['demo', '--ports-free', '--data', join(folder, 'data'), ...words], { TMPDIR: folder })
  return demo
}

const gone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 45_000, interval: 50 })

test('shows greetings, diversions and promotions, and stops without leaving a process', async () => {
  const { line, child, ended } = startDemo()
  const health = (await line(/healthz/)).trim().split(/\s+/).at(-1) ?? ''
  expect(await (await fetch(health)).json()).toMatchObject({ status: 'ok', branch: 'demo' })
  await Promise.all([
    line(/^\S+ +promotion .*promotes /, patienceMs),
    line(/^\S+ +greeting .*greets /, patienceMs),
    line(/^\S+ +diversion .*invites /, patienceMs),
  ])
  const listed = await usher('devices', 'list', '--data', join(folder, 'data'))
  expect(listed.said).toMatch(/robot-1 +robot +Welcome robot +online/)
  const family = below(child.pid ?? 0)
  expect(family.length).toBeGreaterThan(10)
  child.kill('SIGINT')
  const { code, said, complained } = await ended
  expect({ code, complained }).toEqual({ code: 0, complained: '' })
  expect(said).toMatch(/stopped\s*$/)
  await gone(family)
}, 200_000)

/** @returns the password, and what the cookie of a session says. */
const signIn = async (welcome: string) => {
  const { address = '', password = '' } =
    /(?<address>http:\S+) .* manager-1.(?:, password |密码 )(?<password>\S+)/.exec(welcome)?.groups ?? {}
  const body = new URLSearchParams({ name: 'manager-1', password })
  const headers = { origin: new URL(address).origin }
  const answer = await fetch(`${address}sign-in`, { method: 'POST', body, headers, redirect: 'manual' })
  expect(answer.status).toBe(303)
  return { password, code: /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] }
}

test('killed, it takes its devices along, and goes on where it was with the same data, whoever was signed in too', async () => {
  const first = startDemo('--in-process', '--lang', 'zh')
  const before = await signIn(await first.line(/manager-1/))
  await first.line(/迎宾|推荐|分流|promotion/)
  const family = below(first.child.pid ?? 0)
  first.child.kill('SIGKILL')
  await first.ended
  await gone(family)
  const second = startDemo('--in-process')
  const welcome = await second.line(/as manager-1/)
  expect(welcome).toContain(`password ${before.password}`)
  const { origin, port } = new URL(/http:\S+/.exec(welcome)?.[0] ?? '')
  // Its name has the port, which is another one here.
  const me = await fetch(`${origin}/api/me`, { headers: { cookie: `usher-${port}=${before.code}` } })
  expect(await me.json()).toMatchObject({ name: 'manager-1' })
  await second.line(/promotion|greeting/)
  const verdict = await usher('journal', 'verify', '--data', join(folder, 'data'))
  expect(verdict.said).toContain('The chain holds')
  second.child.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
}, 100_000)

test('without --data it keeps nothing, and a second terminal finds it by itself', async () => {
  demo = startUsher(['demo', '--ports-free', '--in-process'], { TMPDIR: folder })
  const data = (await demo.line(/^ +data /)).trim().split(/\s+/)[1] ?? ''
  expect(existsSync(data)).toBe(true)
  const asked = await startUsher(['mode'], { TMPDIR: folder }).ended
  expect(asked).toMatchObject({ code: 0, said: expect.stringContaining('open') as string })
  demo.child.kill('SIGINT')
  expect((await demo.ended).code).toBe(0)
  expect(existsSync(data)).toBe(false)
}, 60_000)

test('with --data it names the folder in what to try, and a second terminal finds it without, or is told', async () => {
  const data = join(folder, 'my data')
  demo = startUsher(['demo', '--ports-free', '--in-process', '--data', data], { TMPDIR: folder })
  expect(await demo.line(/npx usher tasks list/)).toBe(`  npx usher tasks list --all --data '${data}'`)
  expect((await startUsher(['mode'], { TMPDIR: folder }).ended).code).toBe(0)
  const elsewhere = await startUsher(['mode', '--data', folder], { TMPDIR: folder }).ended
  expect(elsewhere).toMatchObject({
    code: 3,
    complained: expect.stringContaining(`Looked in ${folder}. A demo was started on '${data}'`) as string,
  })
  demo.child.kill('SIGINT')
  expect((await demo.ended).code).toBe(0)
  expect(existsSync(data)).toBe(true)
  const after = await startUsher(['mode'], { TMPDIR: folder }).ended
  expect(after).toMatchObject({ code: 3, complained: expect.not.stringContaining('A demo') as string })
}, 60_000)

test('a port that is taken is named, with the way out', async () => {
  const first = startDemo('--in-process')
  const broker = await first.line(/^ +broker /)
  const port = /:(\d+)/.exec(broker)?.[1] ?? ''
  const second = await usher('demo', '--port', port, '--http-port', '0', '--data', join(folder, 'second'))
  expect(second.code).toBe(1)
  expect(second.complained).toMatch(/^error broker\.port-taken: .*--ports-free/)
}, 60_000)
