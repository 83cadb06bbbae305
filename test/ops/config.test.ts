import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadHubConfig } from '#hub/ops/config.ts'
import { UsherError } from '#protocol/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (text: string): string => {
  const file = join(folder, 'hub.yaml')
  writeFileSync(file, text)
  return file
}

const complaint = (text: string): UsherError => {
  try {
    loadHubConfig(written(text))
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('the settings file', () => {
  it('has paths relative to itself, wherever the program was started', () => {
    expect(loadHubConfig(written('branch: b.yaml\ndata: ../data'))).toMatchObject({
      branch: join(folder, 'b.yaml'),
      data: join(folder, '../data'),
    })
    expect(loadHubConfig(written('branch: /etc/usher/b.yaml'))).toMatchObject({
      branch: '/etc/usher/b.yaml',
      data: join(folder, 'data'),
    })
  })

  it('may switch a listener off, and set some fields of a section', () => {
    const { mqtt, settings } = loadHubConfig(
      written('branch: b\nmqtt: {tls: false, loopback: {port: 0}}\nsettings: {burstMs: 1}'),
    )
    expect(mqtt.tls).toBe(false)
    expect(mqtt.loopback).toMatchObject({ port: 0, host: '127.0.0.1' })
    expect(settings).toMatchObject({ burstMs: 1, reentryMs: 60_000 })
  })

  it.each([
    ['a field nobody knows', 'branch: b\nhtpp: {port: 1}', 'htpp'],
    ['a setting nobody knows', 'branch: b\nsettings: {resendsMs: 1}', 'resendsMs'],
    ['a port out of range', 'branch: b\nhttp: {port: 70000}', 'http.port'],
    ['a text for a number', 'branch: b\nsettings: {resendMs: soon}', 'settings.resendMs'],
    [
      'a limit out of range',
      'branch: b\nmqtt: {limits: {certificateDays: 398}}',
      'mqtt.limits.certificateDays',
    ],
    ['no branch file', 'data: d', 'branch'],
    ['nothing at all', '', 'branch'],
    ['a list', '- a', 'object'],
    ['no YAML', 'branch: [b', 'hub.yaml'],
    ['the same field twice', 'branch: a\nbranch: b', 'unique'],
  ])('is refused with %s, and says which it was', (_, text, named) => {
    const error = complaint(text)
    expect(error.code).toBe('config.invalid')
    expect(error.message).toContain('hub.yaml')
    expect(error.message).toContain(named)
  })

  it('that cannot be read is another error', () => {
    expect(() => loadHubConfig(join(folder, 'none.yaml'))).toThrow(
      expect.objectContaining({ code: 'config.unreadable' }),
    )
    expect(() => loadHubConfig(folder)).toThrow(expect.objectContaining({ code: 'config.unreadable' }))
  })
})
