/**
 * A simulated Xibo CMS: the few calls of its REST interface that the adapter uses, with the shapes and the oddities that
 * its public description and its answers have. Written from those; nothing of its code is in here.
 */
import { randomUUID } from 'node:crypto'
import { type Frame, SimulatedPlayer } from './player.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** A form's fields (URLSearchParams), or parsed JSON. */
  readonly body: unknown
  readonly authorization: string | undefined
}

export interface Answered {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface CmsSettings {
  readonly clientId: string
  readonly clientSecret: string
  readonly timeZone: string
  readonly tokenLivesS: number
  readonly reportsAfterMs: number
  /** Display → the layout that its schedule shows. Each has a group of its own: 100 and its id. */
  readonly displays: Readonly<Record<number, number>>
  readonly groups: Readonly<Record<number, readonly number[]>>
  readonly layouts: readonly number[]
  /** Id → the code that players know. */
  readonly commands: Readonly<Record<number, string>>
  readonly schedule: Readonly<Record<string, number>>
  /** As its description says (`list`), or as the source of 4.5 reads it. */
  readonly criteriaBody: 'list' | 'wrapped'
}

interface Stat {
  readonly id: number
  readonly displayId: number
  readonly layoutId: number
  readonly fromMs: number
  readonly toMs: number
}

interface Place {
  readonly displayId: number
  readonly player: SimulatedPlayer
  heardAt: number
  layoutId: number | null
  loggedIn: boolean
  licensed: boolean
  registered: boolean
}

const error = (status: number, message: string, property?: string): Answered => ({
  status,
  body: { error: status, message, ...(property !== undefined && { property }), help: null },
})
const done: Answered = { status: 204 }
const commandTtlS = 120

export class SimulatedCms {
  readonly settings: CmsSettings
  readonly places = new Map<number, Place>()
  readonly texts = new Map<string, Record<string, string>>()
  readonly layouts: Set<number>
  /** How far its clock is ahead of the world's. */
  aheadMs = 0
  /** How many requests came without a right. */
  refusals = 0
  /** Whoever stands at the message relay as a player. */
  onFrame: (displayId: number, frame: Frame) => void = () => {}
  #tokens = new Map<string, number>()
  #stats: Stat[] = []
  #statId = 1_000

  constructor(settings: CmsSettings) {
    this.settings = settings
    this.layouts = new Set(settings.layouts)
    for (const [id, ownLayout] of Object.entries(settings.displays)) this.#add(Number(id), ownLayout)
  }

  nowMs = () => Date.now() + this.aheadMs

  forgetTokens = () => this.#tokens.clear()

  /** One that a display hands in late, or twice the same moment. */
  addStat(displayId: number, layoutId: number, span: { fromMs: number; toMs: number; id?: number }) {
    this.#statId += 1
    this.#stats.push({ displayId, layoutId, ...span, id: span.id ?? this.#statId })
    this.#stats.sort((one, other) => one.id - other.id)
    return this.#statId
  }

  end() {
    for (const { player } of this.places.values()) player.end()
  }

  answer(asked: Asked): Answered {
    if (asked.path === '/api/authorize/access_token') return this.#grant(asked)
    const token = asked.authorization?.replace('Bearer ', '') ?? ''
    if ((this.#tokens.get(token) ?? 0) <= Date.now()) {
      this.refusals += 1
      return {
        status: 401,
        body: { error: 'access_denied', message: 'The resource owner denied the request.' },
      }
    }
    const action = /^\/api\/displaygroup\/(\d+)\/action\/(\w+)$/.exec(asked.path)
    if (action !== null) return this.#act(Number(action[1]), action[2] ?? '', asked)
    const criteria = /^\/api\/displaygroup\/criteria\/(\d+)$/.exec(asked.path)
    if (criteria !== null) return this.#criteria(Number(criteria[1]), asked.body)
    const row = /^\/api\/dataset\/data\/(\d+)\/(\d+)$/.exec(asked.path)
    if (row !== null) {
      this.texts.set(`${row[1]}/${row[2]}`, Object.fromEntries(asked.body as URLSearchParams))
      return { status: 200, body: { id: Number(row[2]) } }
    }
    if (asked.path === '/api/display') return this.#displays(asked.query)
    if (asked.path === '/api/layout') return this.#layoutsOf(asked.query)
    if (asked.path === '/api/stats') return this.#statsIn(asked.query)
    return error(404, 'Not found')
  }

  #add(displayId: number, ownLayout: number) {
    const player = new SimulatedPlayer({
      ownLayout,
      reportsAfterMs: this.settings.reportsAfterMs,
      schedule: this.settings.schedule,
      nowMs: () => Date.now(),
      onReport: (layoutId) => {
        place.layoutId = layoutId
        place.heardAt = this.nowMs()
      },
      onPlays: (plays) => {
        for (const { layoutId, fromMs, toMs } of plays)
          this.addStat(displayId, layoutId, { fromMs: fromMs + this.aheadMs, toMs: toMs + this.aheadMs })
      },
    })
    const place: Place = {
      displayId,
      player,
      heardAt: this.nowMs(),
      layoutId: ownLayout,
      loggedIn: true,
      licensed: true,
      registered: true,
    }
    this.places.set(displayId, place)
  }

  #grant({ method, body }: Asked): Answered {
    const form = body instanceof URLSearchParams ? body : new URLSearchParams()
    const isRight =
      method === 'POST' &&
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === this.settings.clientId &&
      form.get('client_secret') === this.settings.clientSecret
    if (!isRight)
      return { status: 401, body: { error: 'invalid_client', message: 'Client authentication failed' } }
    const token = `token-${randomUUID()}`
    const { tokenLivesS } = this.settings
    this.#tokens.set(token, Date.now() + tokenLivesS * 1_000)
    return { status: 200, body: { token_type: 'Bearer', expires_in: tokenLivesS, access_token: token } }
  }

  #members(group: number): Place[] | undefined {
    const ids = this.settings.groups[group] ?? (this.places.has(group - 100) ? [group - 100] : undefined)
    return ids?.flatMap((id) => this.places.get(id) ?? [])
  }

  #act(group: number, action: string, { body }: Asked): Answered {
    const members = this.#members(group)
    if (members === undefined) return error(404, 'Cannot find this display group')
    const form = body instanceof URLSearchParams ? body : new URLSearchParams()
    const frame = { action, createdDt: new Date(this.nowMs()).toISOString(), ttl: commandTtlS }
    if (action === 'revertToSchedule') return this.#push(members, frame)
    if (action === 'command') {
      const commandCode = this.settings.commands[Number(form.get('commandId'))]
      if (commandCode === undefined) return error(404, 'Cannot find this command')
      return this.#push(members, { ...frame, action: 'commandAction', commandCode })
    }
    if (action !== 'changeLayout' && action !== 'overlayLayout') return error(404, 'Not found')
    const layoutId = Number(form.get('layoutId') ?? 0)
    if (layoutId === 0) return error(422, 'Please provide a Layout ID or Campaign ID', 'layoutId')
    if (!this.layouts.has(layoutId)) return error(404, 'Layout not found')
    const order = {
      ...frame,
      layoutId,
      duration: Number(form.get('duration') ?? 0),
      downloadRequired: form.get('downloadRequired') === '1',
    }
    return this.#push(
      members,
      action === 'changeLayout' ? { ...order, changeMode: form.get('changeMode') ?? 'queue' } : order,
    )
  }

  #criteria(group: number, body: unknown): Answered {
    const members = this.#members(group)
    if (members === undefined) return error(404, 'Cannot find this display group')
    const list =
      this.settings.criteriaBody === 'list'
        ? body
        : (body as { criteriaUpdates?: unknown } | null)?.criteriaUpdates
    if (!Array.isArray(list) || list.length === 0) return error(422, 'No criteria found.', 'criteriaUpdates')
    const criteriaUpdates = list as NonNullable<Frame['criteriaUpdates']>
    // "0" counts as empty there.
    if (criteriaUpdates.some(({ metric, value }) => !metric || !value || value === '0'))
      return error(500, 'Unexpected Error, please contact support.')
    const createdDt = new Date(this.nowMs()).toISOString()
    return this.#push(members, { action: 'criteriaUpdate', createdDt, ttl: commandTtlS, criteriaUpdates })
  }

  #push(members: readonly Place[], frame: Frame): Answered {
    const stranger = members.find(({ registered }) => !registered)
    if (stranger !== undefined)
      return error(422, `${stranger.displayId} is not ready to receive push commands over XMR.`, 'xmrChannel')
    for (const { displayId, player } of members) {
      player.hear(frame)
      this.onFrame(displayId, frame)
    }
    return done
  }

  #displays(query: URLSearchParams): Answered {
    const group = Number(query.get('displayGroupId'))
    const rows = (this.#members(group) ?? []).map((place) => {
      // As long as it is there it is heard of.
      if (place.loggedIn && place.player.isOnline && !place.player.silent) place.heardAt = this.nowMs()
      return {
        displayId: place.displayId,
        display: `Screen ${place.displayId}`,
        licensed: place.licensed ? 1 : 0,
        loggedIn: place.loggedIn ? 1 : 0,
        // The description says a time stamp; to an OAuth client it is written out, in the time of the CMS.
        lastAccessed: this.#written(place.heardAt),
        currentLayoutId: place.layoutId,
        mediaInventoryStatus: 1,
        displayGroupId: 100 + place.displayId,
        clientType: 'android',
      }
    })
    return this.#page(rows, query)
  }

  #layoutsOf(query: URLSearchParams): Answered {
    const campaignId = Number(query.get('campaignId'))
    const rows = [...this.layouts]
      .filter((layoutId) => layoutId + 1_000 === campaignId)
      .map((layoutId) => ({ layoutId, campaignId, layout: `Layout ${layoutId}`, publishedStatusId: 1 }))
    return this.#page(rows, query)
  }

  #statsIn(query: URLSearchParams): Answered {
    const after = query.get('statId')
    if (after !== null && !/^\d+$/.test(after)) return error(422, 'Invalid statId provided', 'statId')
    const displays = query.getAll('displayIds[]').map(Number)
    const from = this.#readDate(query.get('fromDt')) ?? this.nowMs() - 86_400_000
    const to = this.#readDate(query.get('toDt')) ?? this.nowMs()
    const format = query.get('returnDateFormat')
    const date = (ms: number) => (format === 'U' ? String(Math.floor(ms / 1_000)) : this.#written(ms))
    const rows = this.#stats
      .filter(({ id }) => after === null || id > Number(after))
      .filter(({ displayId }) => displays.length === 0 || displays.includes(displayId))
      .filter(({ fromMs, toMs }) => toMs > from && fromMs <= to)
      .map(({ id, displayId, layoutId, fromMs, toMs }) => ({
        id,
        type: 'layout',
        display: `Screen ${displayId}`,
        displayId,
        layout: `Layout ${layoutId}`,
        layoutId,
        campaignId: layoutId + 1_000,
        numberPlays: 1,
        duration: Math.max(1, Math.round((toMs - fromMs) / 1_000)),
        start: date(fromMs),
        end: date(toMs),
        statDate: date(toMs),
        tag: '',
      }))
    return this.#page(rows, query)
  }

  #page(rows: readonly unknown[], query: URLSearchParams): Answered {
    const start = Number(query.get('start') ?? 0)
    const length = Number(query.get('length') ?? 10)
    return {
      status: 200,
      body: rows.slice(start, start + length),
      headers: { 'x-total-count': String(rows.length) },
    }
  }

  #written = (ms: number) => new Date(ms).toLocaleString('sv-SE', { timeZone: this.settings.timeZone })

  #readDate(text: string | null): number | undefined {
    if (text === null) return undefined
    const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`)
    return asUtc - (Date.parse(`${this.#written(asUtc).replace(' ', 'T')}Z`) - asUtc)
  }
}
