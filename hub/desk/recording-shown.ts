/** The pages of the recordings: nothing is shown of one before it is written down who looks, and from when. */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import type { RecordingRowTold } from '#protocol/desk/recording-routes.ts'
import { fileOf } from '../branch/rows.ts'
import { createTitles } from '../look/titles.ts'
import type { Answers } from './answers.ts'
import type { OpenDesk } from './parts.ts'
import { checkedPage, type Place, recordingPage, recordingsPage, type Wanted } from './recording-pages.ts'
import type { ShownPages } from './shown.ts'
import { sessionOf, type Visit } from './visit.ts'

type RecordingShown = Pick<
  ShownPages,
  'recordingsPage' | 'recordingPage' | 'checkRecordingForm' | 'holdRecordingForm' | 'releaseRecordingForm'
>

const dayOf = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)

const isWanted = (row: RecordingRowTold, wanted: Wanted, timeZone: string): boolean => {
  const day = dayOf(row.beganAt, timeZone)
  return (
    (wanted.only !== 'gaps' || row.gaps > 0) &&
    (wanted.only !== 'held' || row.holds.length > 0) &&
    (wanted.product ?? row.product) === row.product &&
    (wanted.seller ?? row.seller) === row.seller &&
    (wanted.from ?? day) <= day &&
    day <= (wanted.to ?? day)
  )
}

const createNames = (look: OpenDesk['look'], tongue: DeskTongue): Place['names'] => {
  const { state } = look.engine
  const titles = createTitles(state, tongue)
  const scripts = fileOf(state)?.recording?.scripts ?? []
  return {
    person: titles.person,
    party: (participant) => {
      const [role, id = participant] = participant.split(':')
      return role === 'kiosk' ? titles.member(id) : titles.person(id)
    },
    product: ({ id, product, script }) => {
      const own = state.saleScripts.get(id) ?? scripts.find((one) => one.id === script.id)
      const title = own?.title[tongue] ?? Object.values(own?.title ?? {})[0]
      return title === undefined ? product : `${title} (${product})`
    },
  }
}

const onePath = (recording: string) => `/recordings/one?${new URLSearchParams({ recording }).toString()}`

/** What was asked for, as an address has it. */
const queryOf = (wanted: Wanted): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))

export const createRecordingShown = (
  { side, look }: Pick<OpenDesk, 'side' | 'look'>,
  answers: Answers,
): RecordingShown => {
  const placeOf = ({ tongue }: Visit): Place => ({
    tongue,
    timeZone: side.timeZone(),
    names: createNames(look, tongue),
  })
  return {
    recordingsPage: async (wanted, visit) => {
      const place = placeOf(visit)
      const all = await answers.recordings({}, visit)
      const rows = all.filter((row) => isWanted(row, wanted, place.timeZone))
      const here = { path: '/recordings', query: queryOf(wanted) }
      return { page: recordingsPage({ tongue: visit.tongue, here }, place, { all, rows, wanted }) }
    },
    recordingPage: async ({ recording, at: asked, part }, visit) => {
      const before = await answers.recording({ recording }, visit)
      const began = before.spans[0]?.from ?? before.row.beganAt
      // Half a second in: all who were there from the beginning are there.
      const at = asked ?? Math.max(began, ...before.parts.slice(0, 1).map(({ startedAt }) => startedAt)) + 500
      const { roles } = sessionOf(visit)
      const mayPlay = roles.includes('auditor') && before.row.state === 'sealed'
      const fromMs = Math.max(0, at - began)
      const grant = mayPlay ? (await answers.watchRecording({ recording, fromMs }, visit)).grant : null
      const view = mayPlay ? await answers.recording({ recording }, visit) : before
      const query = { recording, at: String(Math.round(at)), ...(part !== undefined && { part }) }
      const frame = { tongue: visit.tongue, here: { path: '/recordings/one', query } }
      const playing = { view, at, part, grant, mayHold: roles.includes('admin') }
      return { page: recordingPage(frame, placeOf(visit), playing), hasScript: true }
    },
    checkRecordingForm: async ({ recording }, visit) => {
      const { complaints } = await answers.verifyRecording({ recording }, visit)
      const frame = { tongue: visit.tongue, here: { path: '/recordings/one', query: { recording } } }
      return { page: checkedPage(frame, { recording, complaints }) }
    },
    holdRecordingForm: async (wish, visit) => {
      await answers.holdRecording(wish, visit)
      return { to: onePath(wish.recording) }
    },
    releaseRecordingForm: async (wish, visit) => {
      await answers.releaseRecording(wish, visit)
      return { to: onePath(wish.recording) }
    },
  }
}
