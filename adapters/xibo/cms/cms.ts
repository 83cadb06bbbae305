/** What the adapter asks of the CMS, call by call, in the words of its REST interface. */
import { type DisplayRow, displaysIn, type LayoutOfCms, layoutsIn, type PlayRow, playsIn } from './answers.ts'
import type { Client } from './client.ts'
import type { CmsTime } from './cms-time.ts'
import type { Ask } from './exchange.ts'
import { CmsTrouble } from './trouble.ts'

export interface Criterion {
  readonly metric: string
  readonly value: string
  readonly ttlMs: number
}

/** How long it may take, and what ends it early. */
export interface Patience {
  readonly withinMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Order {
  readonly layoutId: number
  readonly forMs: number
  readonly downloadRequired: boolean
}

export interface Cms {
  displays(displayGroupId: number, patience: Patience): Promise<readonly DisplayRow[]>
  /** The published layout of a layout's own campaign. */
  layoutOf(campaignId: number, patience: Patience): Promise<LayoutOfCms | undefined>
  changeLayout(
    group: number,
    order: Order & { changeMode: 'queue' | 'replace' },
    patience: Patience,
  ): Promise<void>
  overlayLayout(group: number, order: Order, patience: Patience): Promise<void>
  revertToSchedule(group: number, patience: Patience): Promise<void>
  command(group: number, commandId: number, patience: Patience): Promise<void>
  criteria(group: number, criteria: readonly Criterion[], patience: Patience): Promise<void>
  writeRow(
    at: { dataSetId: number; rowId: number },
    values: ReadonlyMap<number, string>,
    patience: Patience,
  ): Promise<void>
  plays(window: PlayWindow, patience: Patience): Promise<readonly PlayRow[]>
  now(): number
}

export interface PlayWindow {
  readonly displayIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  /** Rows after this one only. */
  readonly after: string | undefined
  readonly length: number
}

const displaysMax = 500
const layoutsMax = 10
const published = 1
const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))
const read = { repeatable: true }
const once = { repeatable: false }

export const createCms = (parts: {
  readonly client: Client
  readonly time: CmsTime
  readonly onOdd: (what: string) => void
}): Cms => new CmsOverHttp(parts)

class CmsOverHttp implements Cms {
  readonly #parts: Parameters<typeof createCms>[0]
  /** Which form of criteria it understands: learnt from its answers. */
  #criteriaForm: 'documented' | 'wrapped' = 'documented'

  constructor(parts: Parameters<typeof createCms>[0]) {
    this.#parts = parts
  }

  now = () => this.#parts.client.cmsNow()

  async displays(displayGroupId: number, patience: Patience) {
    const query = params({ displayGroupId, start: 0, length: displaysMax })
    return await this.#list({ method: 'GET', path: '/api/display', query }, displaysIn, patience)
  }

  async layoutOf(campaignId: number, patience: Patience) {
    const query = params({ campaignId, start: 0, length: layoutsMax })
    const rows = await this.#list({ method: 'GET', path: '/api/layout', query }, layoutsIn, patience)
    return rows.find(({ publishedStatusId }) => publishedStatusId === published)
  }

  async changeLayout(group: number, order: Order & { changeMode: 'queue' | 'replace' }, patience: Patience) {
    const form = orderForm(order)
    form.set('changeMode', order.changeMode)
    await this.#act(group, 'changeLayout', { form, patience })
  }

  async overlayLayout(group: number, order: Order, patience: Patience) {
    await this.#act(group, 'overlayLayout', { form: orderForm(order), patience })
  }

  async revertToSchedule(group: number, patience: Patience) {
    const path = `/api/displaygroup/${group}/action/revertToSchedule`
    await this.#parts.client.call({ method: 'POST', path }, { ...read, ...patience })
  }

  async command(group: number, commandId: number, patience: Patience) {
    await this.#act(group, 'command', { form: params({ commandId }), patience })
  }

  /**
   * The description of the interface says that the body is the list; the source of the CMS (4.5) looks for it under
   * `criteriaUpdates`. The first is tried first, and what the CMS takes is remembered: a refused one did nothing.
   */
  async criteria(group: number, criteria: readonly Criterion[], patience: Patience) {
    const list = criteria.map(({ metric, value, ttlMs }) => ({
      metric,
      value: notEmptyForPhp(value),
      ttl: seconds(ttlMs),
    }))
    const send = async () => {
      const json = this.#criteriaForm === 'documented' ? list : { criteriaUpdates: list }
      const path = `/api/displaygroup/criteria/${group}`
      await this.#parts.client.call({ method: 'POST', path, json }, { ...read, ...patience })
    }
    try {
      await send()
    } catch (error) {
      const isForm =
        error instanceof CmsTrouble && error.kind === 'rejected' && error.property === 'criteriaUpdates'
      if (!isForm || this.#criteriaForm === 'wrapped') throw error
      this.#criteriaForm = 'wrapped'
      await send()
    }
  }

  async writeRow(
    { dataSetId, rowId }: { dataSetId: number; rowId: number },
    values: ReadonlyMap<number, string>,
    patience: Patience,
  ) {
    const form = params(Object.fromEntries([...values].map(([id, text]) => [`dataSetColumnId_${id}`, text])))
    const path = `/api/dataset/data/${dataSetId}/${rowId}`
    await this.#parts.client.call({ method: 'PUT', path, form }, { ...read, ...patience })
  }

  async plays({ displayIds, fromMs, toMs, after, length }: PlayWindow, patience: Patience) {
    const { time } = this.#parts
    const query = params({
      type: 'Layout',
      fromDt: time.write(fromMs),
      toDt: time.write(toMs),
      // Seconds since 1970: no time zone can spoil them.
      returnDateFormat: 'U',
      ...(after !== undefined && { statId: after }),
      start: 0,
      length,
    })
    for (const id of displayIds) query.append('displayIds[]', String(id))
    return await this.#list({ method: 'GET', path: '/api/stats', query }, playsIn, patience)
  }

  async #act(
    group: number,
    action: string,
    { form, patience }: { form: URLSearchParams; patience: Patience },
  ) {
    const path = `/api/displaygroup/${group}/action/${action}`
    await this.#parts.client.call({ method: 'POST', path, form }, { ...once, ...patience })
  }

  async #list<Row>(
    ask: Ask,
    rowsIn: (body: unknown) => { rows: readonly Row[]; odd: number } | undefined,
    patience: Patience,
  ): Promise<readonly Row[]> {
    const { body } = await this.#parts.client.call(ask, { ...read, ...patience })
    const list = rowsIn(body)
    if (list === undefined) throw new CmsTrouble('odd', { mayBeDone: false, note: 'It gives no list.' })
    if (list.odd > 0) this.#parts.onOdd(ask.path)
    return list.rows
  }
}

const params = (values: Readonly<Record<string, string | number>>) =>
  new URLSearchParams(Object.entries(values).map(([key, value]): [string, string] => [key, String(value)]))

const orderForm = ({ layoutId, forMs, downloadRequired }: Order) =>
  params({ layoutId, duration: seconds(forMs), downloadRequired: downloadRequired ? 1 : 0 })

/** In PHP the text "0" is empty, and the CMS rejects a criterion without a value. As a number it is the same. */
const notEmptyForPhp = (value: string) => (value === '0' ? '0.0' : value)
