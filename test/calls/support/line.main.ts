/**
 * The line of the calls as a process of its own, behind the hub's HTTP server, so that it can be killed. What the desk knows
 * of a call is in a file, as it is in the hub's journal.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { createCallDoor } from '#hub/calls/line/door.ts'
import type { IceSide, Presence } from '#hub/calls/line/side.ts'
import { openTickets } from '#hub/calls/line/ticket.ts'
import { createIceSide } from '#hub/calls/turn/ice.ts'
import { CallsSettings } from '#hub/calls/turn/settings.ts'
import { ownNames } from '#hub/desk/same-origin.ts'
import { shellPermissions, shellPolicy } from '#hub/desk/shell-policy.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { createHttpServer } from '#hub/ops/http.ts'
import { callLine } from '#protocol/calls/signalling.ts'
import type { LineWishes, ToLine } from './line-process.ts'

const wishes = JSON.parse(process.argv[2] ?? '{}') as LineWishes
const clock = systemClock()
const stateFile = join(wishes.folder, 'present.json')
const present = new Map<string, Presence>()
if (existsSync(stateFile))
  for (const one of JSON.parse(readFileSync(stateFile, 'utf8')) as Presence[])
    present.set(`${one.call} ${one.participant}`, one)
const keep = () => writeFileSync(stateFile, JSON.stringify([...present.values()]))
const say = (what: object) => void process.send?.(what)

const ended = new Set<string>()
const out = new Set<string>()
const settings = CallsSettings.parse(wishes.calls ?? {})
const ice = createIceSide(settings, () => clock.wallMs() + (wishes.relayClockMs ?? 0))
/** A party whose way to the relay leads over something that the test can cut. */
const iceFor: IceSide['iceFor'] = (presence) => {
  const given = ice.iceFor(presence)
  const urls = wishes.relayFor?.[presence.participant]
  return urls === undefined
    ? given
    : { ...given, iceServers: given.iceServers.map((server) => ({ ...server, urls: [urls] })) }
}

const door = createCallDoor({
  side: {
    isOpen: (call) => call.startsWith('call-') && !ended.has(call),
    areApart: () => false,
    partyOf: (call, participant) =>
      out.has(`${call} ${participant}`) || participant.endsWith('-stranger')
        ? undefined
        : { title: { zh: participant, en: participant } },
    onJoined: (call, participant) => {
      present.set(`${call} ${participant}`, { call, participant })
      keep()
      say({ joined: participant, call })
    },
    onLeft: (call, participant) => {
      present.delete(`${call} ${participant}`)
      keep()
      say({ left: participant, call })
    },
    onHangUp: async (call, participant) => {
      present.delete(`${call} ${participant}`)
      keep()
      say({ hungUp: participant, call })
      if (!participant.startsWith('kiosk:')) return
      ended.add(call)
      door.changed(call)
    },
    pairOf: () => ({ kiosk: null, expert: null }),
    onFact: (call, fact) => say({ fact, call }),
    present: () => [...present.values()],
  },
  ice: { ...ice, iceFor },
  tickets: await openTickets(wishes.folder, () => clock.wallMs()),
  own: () => ownNames(false, []),
  clock,
  onRefused: (code) => say({ refused: code }),
  log: { error: (fields, text) => say({ complaint: `${text} ${JSON.stringify(fields)}` }) },
})

const files: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['text/html', join(import.meta.dirname, '../page/index.html')],
  '/party.js': ['text/javascript', join(import.meta.dirname, '../page/party.js')],
  '/call.js': ['text/javascript', wishes.bundle],
}
const server = createHttpServer({
  host: '127.0.0.1',
  port: wishes.port,
  health: () => {
    throw new Error('nobody asks')
  },
  registry: new Registry(),
  desk: (request, response) => {
    const file = files[request.url ?? '']
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': file[0],
      'content-security-policy': shellPolicy('kiosk', request.headers.host ?? '', false),
      'permissions-policy': shellPermissions('kiosk'),
    })
    response.end(readFileSync(file[1]))
  },
  lines: [{ path: callLine, upgrade: (...given) => door.upgrade(...given) }],
})

process.on('message', (told: ToLine) => {
  if (told.end !== undefined) {
    ended.add(told.end)
    door.changed(told.end)
  }
  if (told.out !== undefined) {
    out.add(`${told.out.call} ${told.out.participant}`)
    door.changed(told.out.call)
  }
  if (told.stop === true)
    void door
      .stop()
      .then(() => server.stop())
      .then(() => process.exit(0))
})
door.start()
say({ port: await server.start() })
