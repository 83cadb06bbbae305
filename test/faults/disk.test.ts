/** The disk under a running hub: full, and failing to sync. */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judge } from '../crash/judge.ts'
import { countWithoutEnd, createStage, memberOf, type Stage, until } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await createStage()
})

describe('a full disk', { timeout: 120_000 }, () => {
  let mounted = false
  beforeEach(() => {
    mkdirSync(stage.data)
    const args = ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', stage.data]
    mounted = spawnSync('/usr/bin/mount', args).status === 0
  })
  afterEach(async () => {
    const { folder, data } = stage
    // The mount goes with the processes that use it, and before the folder.
    if (mounted) spawnSync('/usr/bin/umount', ['--lazy', data])
    await stage.end()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Takes all the room but the given bytes. */
  const fill = (file: string, leaveBytes: number) => {
    const { bavail, bsize } = statfsSync(stage.data)
    const handle = openSync(file, 'w')
    try {
      const block = Buffer.alloc(65_536)
      for (let left = bavail * bsize - leaveBytes; left > 0; left -= block.length)
        writeSync(handle, block, 0, Math.min(left, block.length))
    } finally {
      closeSync(handle)
    }
  }

  it('gets no acknowledgement, is said, and ends by itself when there is room; nothing is lost', async (context) => {
    if (!mounted) return context.skip('only root may mount the small disk this needs')
    const hub = await stage.start()
    const fleet = await stage.devices(memberOf('camera-1'))
    const camera = countWithoutEnd(fleet, 10)
    await until(() => camera.acknowledged() > 20)
    const ballast = join(stage.data, 'ballast')
    fill(ballast, 262_144)
    await until(async () => (await stage.health()).problems.includes('store.full'))
    const rest = join(stage.data, 'rest')
    fill(rest, 0)
    expect((await fetch(`http://127.0.0.1:${stage.ports.http}/healthz`)).status).toBe(503)
    // Whatever came before it was really full has been answered by now.
    const before = camera.acknowledged()
    const saidBefore = camera.said()
    await until(() => camera.said() > saidBefore + 150)
    expect(camera.acknowledged()).toBe(before)
    rmSync(ballast)
    rmSync(rest)
    await until(async () => (await stage.health()).status === 'ok')
    await until(() => camera.acknowledged() > before + 100)
    camera.end()
    await fleet.stop()
    hub.kill('SIGTERM')
    expect(await hub.exited).toMatchObject({ code: 0 })
    expect(judge(await stage.evidence())).toEqual([])
    expect(stage.said.filter(({ code }) => code === 'store.full').map(({ level }) => level)).toEqual(
      expect.arrayContaining(['error', 'warn']),
    )
  })
})

const strace = spawnSync('strace', ['-V']).status === 0

describe('a disk that fails to sync', { timeout: 120_000 }, () => {
  afterEach(() => stage.end())

  it.for([
    // Of each thread; the first calls belong to the start. The database is synced where the hub has a pause.
    ['the commit log', { calls: 'pwrite64', when: '300+', everyMs: 10, acknowledged: 20 }],
    ['the database', { calls: 'fsync,fdatasync', when: '34+', everyMs: 450, acknowledged: 5 }],
  ] as const)(
    'under %s ends the hub with a code, and what it acknowledged is there',
    async ([, { calls, when, everyMs, acknowledged }], context) => {
      if (!strace) return context.skip('install strace: it injects the error into the system call')
      const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO:when=${when}`]
      const hub = await stage.start({ under: ['strace', '-f', '-qq', '-o', '/dev/null', ...inject] })
      const fleet = await stage.devices(memberOf('camera-1'))
      const camera = countWithoutEnd(fleet, everyMs)
      expect(await hub.exited).toMatchObject({ code: 70 })
      expect(camera.acknowledged()).toBeGreaterThan(acknowledged)
      camera.end()
      await fleet.stop()
      expect(stage.said.at(-1)).toMatchObject({ level: 'error', code: 'store.broken' })
      expect(judge(await stage.evidence())).toEqual([])
      const again = await stage.start()
      again.kill('SIGTERM')
      expect(await again.exited).toMatchObject({ code: 0 })
    },
  )
})
