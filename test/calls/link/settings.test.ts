/** What a branch and a desk are told of each other, as the page for operators has it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { DeskSettings, readAuthority, readLinkSecret, ServedBranches } from '#hub/calls/link/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-link-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const secretOf = (text: string) => {
  const file = join(folder, 'secret')
  writeFileSync(file, text)
  return readLinkSecret('calls.desk.secretFile', file)
}

it('a desk is reached over TLS, or on this machine', () => {
  const isTaken = (url: string) => DeskSettings.safeParse({ url, name: 'north', secretFile: 'x' }).success
  expect(['https://desk.bank.example', 'http://127.0.0.1:8080', 'http://localhost'].map(isTaken)).toEqual([
    true,
    true,
    true,
  ])
  for (const url of ['http://desk.bank.example', 'ftp://127.0.0.1', 'https://desk.bank.example/x', 'desk'])
    expect(isTaken(url), url).toBe(false)
})

it('a secret is at least 32 letters and digits, on one line', () => {
  expect(secretOf(`${'a1'.repeat(16)}\n`)).toBe('a1'.repeat(16))
  for (const text of ['', 'a1'.repeat(15), `${'a'.repeat(20)}\n${'b'.repeat(20)}`])
    expect(() => secretOf(text)).toThrow(expect.objectContaining({ code: 'config.invalid' }))
  expect(() => readLinkSecret('calls.desk.secretFile', join(folder, 'none'))).toThrow(
    expect.objectContaining({ code: 'config.invalid' }),
  )
})

it('an authority that cannot be read is said by its name', () => {
  expect(() => readAuthority('calls.desk.ca', join(folder, 'none.pem'))).toThrow(
    expect.objectContaining({ code: 'config.invalid', detail: expect.stringContaining('calls.desk.ca') }),
  )
})

it('each branch is named once', () => {
  const branch = { name: 'north', secretFile: 'x' }
  expect(ServedBranches.safeParse([branch, { ...branch, name: 'south' }]).success).toBe(true)
  expect(ServedBranches.safeParse([branch, branch]).success).toBe(false)
})
