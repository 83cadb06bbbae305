/** The door for web pages: who comes in and how, and what a hostile page or client gets for its trouble. */
import net from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { topics } from '#protocol/topics.ts'
import { credentialTopic, makeDevice, pageOrigin, startBranch } from './enrol-support.ts'
import { packets } from './packets.ts'
import {
  asPage,
  asSecurePage,
  challengeOf,
  endPages,
  makePage,
  type Page,
  proven,
  rawSocket,
} from './page-support.ts'
import { client, closed, connected, endAll, event, refusedWith, startBroker } from './support.ts'

afterEach(async () => {
  endPages()
  await endAll()
})

type Branch = Awaited<ReturnType<typeof startBranch>>

/** A page that went the whole way: claim code, request, approval. */
const enrolled = async (branch: Branch, page: Page) => {
  const { code } = await branch.enrolment.invite('robot1', 'ann')
  const session = await connected(
    branch.wsPort,
    'robot1',
    asPage(pageOrigin, { username: 'enrol', password: code }),
  )
  const credential = new Promise<{ certificate: string }>((resolve) =>
    session.on('message', (_topic, payload) =>
      resolve(JSON.parse(payload.toString()) as { certificate: string }),
    ),
  )
  await session.subscribeAsync(credentialTopic, { qos: 1 })
  await session.publishAsync(topics.enrol('b1', 'robot1'), JSON.stringify({ csr: page.csr }), { qos: 1 })
  await branch.enrolment.approve('robot1', 'ann')
  const given = await credential
  await session.endAsync()
  return { ...given, code }
}

const signIn = async (branch: Branch, page: Page) =>
  client(branch.wsPort, 'robot1', asPage(pageOrigin, await proven(branch.wsPort, page)))

describe('a page', () => {
  test('enrols with a claim code, and signs in with a proof of its key: without TLS here, with TLS elsewhere', async () => {
    const branch = await startBranch()
    const page = await makePage()
    await enrolled(branch, page)
    const here = await connected(
      branch.wsPort,
      'robot1',
      asPage(pageOrigin, await proven(branch.wsPort, page)),
    )
    await here.publishAsync(event('robot1', 'x-note'), '{}', { qos: 1 })
    expect(branch.broker.open()).toEqual({ websocket: 1 })
    const there = await connected(branch.wssPort, 'robot1', asSecurePage(await proven(branch.wsPort, page)))
    await there.publishAsync(event('robot1', 'x-note'), '{}', { qos: 1 })
    expect(branch.arrivals.seen.filter(({ topic }) => topic.endsWith('x-note'))).toHaveLength(2)
    expect(branch.broker.open()).toEqual({ 'secure-websocket': 1 })
  })

  test('waits for approval with its key, without another code, and may do nothing else meanwhile', async () => {
    const branch = await startBranch()
    const page = await makePage()
    const { code } = await branch.enrolment.invite('robot1', 'ann')
    const first = await connected(
      branch.wsPort,
      'robot1',
      asPage(pageOrigin, { username: 'enrol', password: code }),
    )
    await first.publishAsync(topics.enrol('b1', 'robot1'), JSON.stringify({ csr: page.csr }), { qos: 1 })
    await first.endAsync()
    const session = await connected(
      branch.wsPort,
      'robot1',
      asPage(pageOrigin, await proven(branch.wsPort, page)),
    )
    session.publish(event('robot1', 'x-note'), '{}', { qos: 1 })
    await closed(session)
    const again = await signIn(branch, page)
    const credential = new Promise((resolve) => again.on('message', resolve))
    await again.subscribeAsync(credentialTopic, { qos: 1 })
    await branch.enrolment.approve('robot1', 'ann')
    await credential
    expect(branch.arrivals.seen.filter(({ topic }) => topic.endsWith('x-note'))).toEqual([])
  })

  test('revoked while it is connected is out at once, and stays out', async () => {
    const branch = await startBranch()
    const page = await makePage()
    await enrolled(branch, page)
    const session = await connected(
      branch.wsPort,
      'robot1',
      asPage(pageOrigin, await proven(branch.wsPort, page)),
    )
    await branch.enrolment.revoke('robot1', 'ann', 'lost')
    await closed(session)
    expect(await refusedWith(await signIn(branch, page))).toBe(5)
  })

  test('whose certificate ran out may fetch a new one, and nothing else', async () => {
    let now = Date.now()
    const branch = await startBranch({ now: () => now })
    const page = await makePage()
    const { certificate } = await enrolled(branch, page)
    now += 400 * 86_400_000
    const session = await connected(
      branch.wsPort,
      'robot1',
      asPage(pageOrigin, await proven(branch.wsPort, page)),
    )
    expect(await session.subscribeAsync(topics.task('b1', 'robot1')).catch(() => 'refused')).toBe('refused')
    const credential = new Promise<string>((resolve) =>
      session.on('message', (_topic, payload) => resolve(payload.toString())),
    )
    await session.publishAsync(topics.enrol('b1', 'robot1'), JSON.stringify({ csr: page.csr }), { qos: 1 })
    await session.subscribeAsync(credentialTopic, { qos: 1 })
    expect(await credential).not.toContain(JSON.stringify(certificate))
  })

  test('of this machine may come by its name alone only where the settings say so, and only as a declared device', async () => {
    const open = await startBranch({ pageTrust: 'declared' })
    await connected(open.wsPort, 'cam1', asPage())
    expect(await refusedWith(client(open.wsPort, 'stranger', asPage()))).toBe(5)
    expect(await refusedWith(client(open.wssPort, 'cam2', asSecurePage()))).toBe(4)
    const shut = await startBranch()
    expect(await refusedWith(client(shut.wsPort, 'cam1', asPage()))).toBe(4)
  })
})

describe('a stolen name', () => {
  test('is of no use without the key: another key, a used proof, one for another name or address, one made up', async () => {
    const branch = await startBranch()
    const page = await makePage()
    await enrolled(branch, page)
    const { wsPort } = branch
    const tried = async (password: string) =>
      await refusedWith(client(wsPort, 'robot1', asPage(pageOrigin, { username: 'key', password })))
    const thief = await makePage()
    expect(await tried(await thief.prove((await challengeOf(wsPort)).body))).toBe(4)

    const used = await page.prove((await challengeOf(wsPort)).body)
    await connected(wsPort, 'robot1', asPage(pageOrigin, { username: 'key', password: used }))
    expect(await tried(used)).toBe(4)

    expect(await tried(await page.prove((await challengeOf(wsPort)).body, 'b1/cam1'))).toBe(4)
    expect(await tried(await page.prove(branch.challenges.issue('10.0.0.7')))).toBe(4)
    expect(await tried(await page.prove('A'.repeat(75)))).toBe(4)
    expect(await tried('')).toBe(4)
    expect(await tried('x'.repeat(2_000))).toBe(4)
  })

  test('is of no use with a challenge that is too old', async () => {
    let now = 0
    const branch = await startBranch({ monotonic: () => now })
    const page = await makePage()
    await enrolled(branch, page)
    const late = await proven(branch.wsPort, page)
    now = 30_000
    expect(await refusedWith(client(branch.wsPort, 'robot1', asPage(pageOrigin, late)))).toBe(4)
  })

  test('a key that is another device’s, or was replaced by a new claim code, is refused', async () => {
    const branch = await startBranch()
    const page = await makePage()
    await enrolled(branch, page)
    const other = await proven(branch.wsPort, page, 'b1/cam1')
    expect(await refusedWith(client(branch.wsPort, 'cam1', asPage(pageOrigin, other)))).toBe(5)
    await branch.enrolment.invite('robot1', 'ann')
    expect(await refusedWith(await signIn(branch, page))).toBe(5)
  })

  test('a wrong claim code is refused, and after five of them every one', async () => {
    const branch = await startBranch()
    const { code } = await branch.enrolment.invite('robot1', 'ann')
    const tried = async (password: string) =>
      await refusedWith(client(branch.wsPort, 'robot1', asPage(pageOrigin, { username: 'enrol', password })))
    for (let round = 0; round < 5; round++) expect(await tried('0000-0000-0000-0000')).toBe(4)
    expect(await tried(code)).toBe(3)
  })

  test('the token of a device on this machine is no key of a page', async () => {
    const branch = await startBranch()
    const { code } = await branch.enrolment.invite('robot1', 'ann')
    const device = await makeDevice()
    const session = await connected(branch.port, 'robot1', { username: 'enrol', password: code })
    await session.publishAsync(topics.enrol('b1', 'robot1'), JSON.stringify({ csr: device.csr }), { qos: 1 })
    await session.endAsync()
    const { token } = await branch.enrolment.approve('robot1', 'ann')
    await connected(branch.port, 'robot1', { username: 'token', password: token })
    for (const username of ['key', 'token'])
      expect(
        await refusedWith(client(branch.wsPort, 'robot1', asPage(pageOrigin, { username, password: token }))),
      ).toBe(4)
  })
})

describe('at the door', () => {
  test('a page of another origin is turned away before it says a word of MQTT; who is no page says none', async () => {
    const { wsPort, counts } = await startBranch({ pageTrust: 'declared' })
    const foreign = [
      'https://evil.example',
      `${pageOrigin}.evil.example`,
      'http://pages.branch.example',
      'null',
    ]
    for (const origin of foreign) {
      expect(await rawSocket(wsPort, { origin }).opened).toBe(403)
      expect(await challengeOf(wsPort, { origin })).toMatchObject({ status: 403, allowed: undefined })
    }
    expect(counts.get('connect.origin')).toBe(foreign.length * 2)
    expect(await challengeOf(wsPort)).toMatchObject({ status: 200, allowed: pageOrigin })
    expect(await challengeOf(wsPort, {})).toMatchObject({ status: 200, allowed: undefined })
    await connected(wsPort, 'cam1', asPage(undefined))
  })

  test('another path, another subprotocol or none is refused', async () => {
    const { wsPort, counts } = await startBranch()
    expect(await rawSocket(wsPort, { path: '/' }).opened).toBe(404)
    expect(await rawSocket(wsPort, { protocols: ['mqttv3.1', 'chat'] }).opened).toBe(400)
    expect(await rawSocket(wsPort, { protocols: [] }).opened).toBe(400)
    expect(counts.get('packet.malformed')).toBe(2)
    const { socket, opened } = rawSocket(wsPort, { protocols: ['chat', 'mqtt'] })
    expect(await opened).toBe('open')
    expect(socket.protocol).toBe('mqtt')
    expect(socket.extensions).toBe('')
    expect(await challengeOf(wsPort, {}, '//evil/..')).toMatchObject({ status: 404 })
  })

  test('the one without TLS is for this machine only', async () => {
    const { challenges } = await startBranch()
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'hub.example']) {
      const webSocket = { isAdmitted: () => false, challenges, plaintext: { host, port: 0 } }
      await expect(startBroker({ parts: { doors: { webSocket } } })).rejects.toMatchObject({
        code: 'broker.plaintext-exposed',
      })
    }
  })

  test('many upgrades at once wait outside', async () => {
    const { wsPort, counts } = await startBranch({ limits: { connectsPerSecond: 1, connectsBurst: 20 } })
    const asked = Array.from({ length: 60 }, () => rawSocket(wsPort).opened)
    const opened = await Promise.all(asked)
    expect(opened.filter((one) => one === 'open').length).toBeLessThanOrEqual(21)
    expect(counts.get('connect.too-many')).toBeGreaterThanOrEqual(39)
  })

  test('who never finishes its request, or never says CONNECT, is closed after a while', async () => {
    const { wsPort } = await startBranch({ limits: { connectTimeoutMs: 300 } })
    const half = net.connect(wsPort, '127.0.0.1')
    half.on('error', () => undefined)
    half.resume()
    half.write('GET /mqtt HTTP/1.1\r\nHost: h\r\n')
    const gone = new Promise((resolve) => half.once('close', resolve))
    const silent = rawSocket(wsPort)
    expect(await silent.opened).toBe('open')
    await Promise.all([gone, silent.closed])
  })
})

describe('frames', () => {
  const opened = async (options: Parameters<typeof startBranch>[0] = {}) => {
    const branch = await startBranch({ pageTrust: 'declared', ...options })
    const { socket, opened: ready, closed: gone } = rawSocket(branch.wsPort)
    expect(await ready).toBe('open')
    return { ...branch, socket, gone }
  }
  const signedIn = async (options: Parameters<typeof startBranch>[0] = {}) => {
    const started = await opened(options)
    const answered = new Promise((resolve) => started.socket.once('message', resolve))
    started.socket.send(packets.connect('b1/cam1'))
    await answered
    return started
  }

  test('of text are the end of the connection', async () => {
    const { socket, gone, counts } = await opened()
    socket.send(packets.connect('b1/cam1').toString('latin1'))
    await gone
    expect(counts.get('packet.malformed')).toBe(1)
  })

  test('may cut a packet anywhere, and may hold several', async () => {
    const { socket, arrivals } = await opened()
    const all = Buffer.concat([packets.connect('b1/cam1')])
    for (const byte of all) socket.send(Buffer.of(byte))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.send(
      Buffer.concat([1, 2, 3].map((n) => packets.publish(event('cam1', 'x-note'), `{"n":${n}}`, n))),
    )
    await arrivals.until(({ length }) => length === 3)
  })

  test('that announce more than a packet may have are refused at once, also in fragments', async () => {
    const whole = await signedIn()
    whole.socket.send(Buffer.alloc(262_145))
    await whole.gone
    expect(whole.counts.get('packet.too-large')).toBe(1)
    const parts = await signedIn()
    for (let sent = 0; sent < 9; sent++) parts.socket.send(Buffer.alloc(32_768), { fin: false })
    await parts.gone
    expect(parts.counts.get('packet.too-large')).toBe(1)
  })

  test('before the sign-in hold no more than a CONNECT, so that a stranger fills no memory', async () => {
    const { socket, gone, counts, wsPort } = await opened()
    const before = process.memoryUsage().rss
    socket.send(Buffer.alloc(200_000), { fin: false })
    await gone
    expect(counts.get('packet.too-large')).toBe(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1_048_576)
    await connected(wsPort, 'cam1', asPage())
  })

  test('in fragments without end, empty ones too, are the end of the connection', async () => {
    const { socket, gone, counts } = await signedIn()
    for (let sent = 0; sent < 1_100; sent++) socket.send(Buffer.alloc(0), { fin: false })
    await gone
    expect(counts.get('packet.too-large')).toBe(1)
  })

  test('of a flood, small ones and pings, are read more slowly, and others do not wait for them', async () => {
    const { socket, wsPort, arrivals } = await signedIn({
      limits: { packetsPerSecond: 10, packetsBurst: 20 },
    })
    const noise = packets.publish(event('cam1', 'x-note'), 'x'.repeat(40_000), 1)
    for (const byte of noise) socket.send(Buffer.of(byte))
    for (let sent = 0; sent < 2_000; sent++) socket.ping()
    const began = performance.now()
    const other = await connected(wsPort, 'cam2', asPage())
    await other.publishAsync(event('cam2', 'x-note'), '{}', { qos: 1 })
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(arrivals.seen.filter(({ device }) => device === 'cam1')).toEqual([])
  })

  test('a page that does not read is closed before it slows others down', async () => {
    const { socket, broker, gone, counts } = await signedIn({
      limits: { unreadBytesMax: 65_536, sweepMs: 20 },
    })
    const listening = new Promise((resolve) => socket.once('message', resolve))
    socket.send(packets.subscribe(1, topics.task('b1', 'cam1')))
    await listening
    socket.pause()
    const block = 'x'.repeat(60_000)
    for (let sent = 0; sent < 400 && broker.isConnected('cam1'); sent++) {
      await broker.publish(topics.task('b1', 'cam1'), block, { qos: 1, retain: false })
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(counts.get('connect.slow')).toBe(1)
    socket.resume()
    await gone
  })
})
