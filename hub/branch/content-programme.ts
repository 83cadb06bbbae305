/**
 * What the screens of a zone play by themselves: every mandatory item, the playlists of the zone, and what campaigns may
 * ask for there. Whole in one message, so it has to stay one that every device can take.
 */
import type { ContentItemRow, ContentVersion, PlaylistRow, Runs } from '#protocol/content.ts'
import type { CampaignRow } from '#protocol/model.ts'
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import type { BranchState } from '../engine/state.ts'
import { shownVersion } from './content-rows.ts'
import type { BranchFile } from './file.ts'

/** What devices of the contract must take in one message, and some room for the rest of a config message. */
export const programmeBytesMax = 56_000
export const entriesMax = 300
const wordsMax = 8
/** Long enough to read two lines of text. */
const showForMs = 10_000
export const mandatoryShareDefault = 0.1

const always: Runs = { from: null, to: null, hours: null, weekdays: [] }

export interface ProgrammeSource {
  readonly file: BranchFile
  /** Local, today: what is over is not sent. */
  readonly day: string
  /** In order of id, as all rows. */
  readonly items: readonly ContentItemRow[]
  readonly playlists: readonly PlaylistRow[]
  readonly campaigns: readonly CampaignRow[]
}

export const programmeSource = (
  { contentItems, playlists, campaigns }: BranchState,
  { file, day }: Pick<ProgrammeSource, 'file' | 'day'>,
): ProgrammeSource => ({
  file,
  day,
  items: contentItems.values(),
  playlists: playlists.values(),
  campaigns: campaigns.values(),
})

export const isScreen = ({ kind }: Pick<BranchFile['devices'][number], 'kind'>): boolean =>
  kind === 'screen' || kind === 'kiosk'

const isHere = (zones: readonly string[], zone: string | null) =>
  zones.length === 0 || (zone !== null && zones.includes(zone))

type How = Pick<ProgrammeEntry, 'showForMs' | 'loops' | 'priority' | 'runs'>

/** The branch's languages first, in its own order. */
const wordsOf = ({ words }: ContentVersion, { languages }: BranchFile): ProgrammeEntry['words'] => {
  const known = [...languages, ...Object.keys(words).filter((lang) => !languages.includes(lang))]
  return known
    .flatMap((language) => (words[language] ? [{ language, text: words[language] }] : []))
    .slice(0, wordsMax)
}

class ProgrammeMaker {
  readonly #source: ProgrammeSource
  readonly #zone: string | null
  readonly #items: ReadonlyMap<string, ContentItemRow>
  /** What is there anyhow need not be fetched for a campaign once more. */
  readonly #named = new Set<string>()

  constructor(source: ProgrammeSource, zone: string | null) {
    this.#source = source
    this.#zone = zone
    this.#items = new Map(source.items.map((row) => [row.id, row]))
  }

  entries(): ProgrammeEntry[] {
    return [...this.#mandatory(), ...this.#playlists(), ...this.#campaigns()]
  }

  #entry(id: string, how: How): readonly ProgrammeEntry[] {
    const row = this.#items.get(id)
    const shown = shownVersion(row, this.#source.day)
    if (row === undefined || shown === undefined) return []
    const { version, media, template, expiresOn } = shown
    return [
      {
        item: id,
        version,
        ...(media !== null && { media }),
        ...(template !== null && { template }),
        words: wordsOf(shown, this.#source.file),
        mandatory: row.mandatory !== null,
        ...how,
        ...(expiresOn !== null && { expiresOn }),
      },
    ]
  }

  /** Of this zone and not over, the highest first. */
  #ofZone(): readonly PlaylistRow[] {
    const { playlists, day } = this.#source
    return playlists
      .filter(({ on, zones, runs }) => on && isHere(zones, this.#zone) && (runs.to ?? day) >= day)
      .toSorted((one, other) => other.priority - one.priority)
  }

  /** At all hours, whatever the playlists say; one of them may say for how long. */
  #mandatory(): readonly ProgrammeEntry[] {
    const said = new Map(
      this.#ofZone()
        .toReversed()
        .flatMap(({ entries }) => entries.map((entry) => [entry.item, entry.showForMs] as const)),
    )
    return this.#source.items
      .filter(({ mandatory }) => mandatory !== null)
      .flatMap(({ id }) => {
        this.#named.add(id)
        return this.#entry(id, {
          showForMs: said.get(id) ?? showForMs,
          loops: true,
          priority: 9,
          runs: always,
        })
      })
  }

  #playlists(): readonly ProgrammeEntry[] {
    return this.#ofZone().flatMap(({ entries, priority, runs }) =>
      entries.flatMap((entry) => {
        if (this.#items.get(entry.item)?.mandatory !== null) return []
        this.#named.add(entry.item)
        return this.#entry(entry.item, { showForMs: entry.showForMs, loops: true, priority, runs })
      }),
    )
  }

  #campaigns(): readonly ProgrammeEntry[] {
    const { campaigns, day } = this.#source
    const wanted = campaigns
      .filter(({ on, zones, to }) => on !== false && isHere(zones, this.#zone) && (to ?? day) >= day)
      .toSorted((one, other) => other.priority - one.priority)
    return wanted.flatMap(({ item, priority }) => {
      if (item == null || this.#named.has(item)) return []
      this.#named.add(item)
      return this.#entry(item, { showForMs, loops: false, priority, runs: always })
    })
  }
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

const around = ({ file }: ProgrammeSource): Omit<Programme, 'entries'> => ({
  timeZone: file.timeZone,
  languages: [...file.languages],
  mandatoryShare: file.content?.mandatoryShare ?? mandatoryShareDefault,
})

/** @returns how many of the entries fit into one message; the most important come first. */
const fitting = (entries: readonly ProgrammeEntry[]): number => {
  let bytes = 0
  const tooMany = entries.findIndex((entry, index) => {
    bytes += bytesOf(entry) + 1
    return bytes > programmeBytesMax || index >= entriesMax
  })
  return tooMany < 0 ? entries.length : tooMany
}

/** Never more than a device can take: a branch file that moves screens about could ask for more than any command may. */
export const programmeFor = (source: ProgrammeSource, zone: string | null): Programme => {
  const entries = new ProgrammeMaker(source, zone).entries()
  return { ...around(source), entries: entries.slice(0, fitting(entries)) }
}

/** @returns the zone whose screens would get more than they can take; null: those in no zone. */
export const overfullZone = (source: ProgrammeSource): string | null | undefined =>
  [null, ...source.file.zones.map(({ id }) => id)].find((zone) => {
    const entries = new ProgrammeMaker(source, zone).entries()
    return fitting(entries) < entries.length
  })
