/** The pages of the recordings: nothing is shown of one before it is written down who looks, and from when. */
import type { Answers } from './answers.ts'
import type { OpenDesk } from './parts.ts'
import { recordingPage, recordingsPage } from './recording-pages.ts'
import type { ShownPages } from './shown.ts'
import { sessionOf, type Visit } from './visit.ts'

export const createRecordingShown = (
  { side }: Pick<OpenDesk, 'side'>,
  answers: Answers,
): Pick<ShownPages, 'recordingsPage' | 'recordingPage'> => {
  const placeOf = ({ tongue }: Visit) => ({ tongue, timeZone: side.timeZone() })
  return {
    recordingsPage: async ({ only }, visit) => {
      const rows = await answers.recordings({ only }, visit)
      const here = { path: '/recordings', ...(only !== undefined && { query: { only } }) }
      return { page: recordingsPage({ tongue: visit.tongue, here }, placeOf(visit), { rows, only }) }
    },
    recordingPage: async ({ recording, at: asked }, visit) => {
      const before = await answers.recording({ recording }, visit)
      const began = before.spans[0]?.from ?? before.row.beganAt
      // Half a second in: all who were there from the beginning are there.
      const at = asked ?? Math.max(began, ...before.parts.slice(0, 1).map(({ startedAt }) => startedAt)) + 500
      const mayPlay = sessionOf(visit).roles.includes('auditor') && before.row.state === 'sealed'
      const fromMs = Math.max(0, at - began)
      const grant = mayPlay ? (await answers.watchRecording({ recording, fromMs }, visit)).grant : null
      const view = mayPlay ? await answers.recording({ recording }, visit) : before
      const query = { recording, at: String(Math.round(at)) }
      const frame = { tongue: visit.tongue, here: { path: '/recordings/one', query } }
      return { page: recordingPage(frame, placeOf(visit), { view, at, grant }) }
    },
  }
}
