/** What the desk answers about recordings. */
import type { recordingRoutes } from '#protocol/desk/recording-routes.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import { makeGrant } from '../recording/grants.ts'
import { manifestOf, verifyRecording } from '../recording/verify.ts'
import { listRecordings, viewOf } from '../recording/views.ts'
import type { OpenDesk } from './parts.ts'
import { sessionOf, type Visit } from './visit.ts'

type Routes = typeof recordingRoutes
export type RecordingAnswers = {
  readonly [Name in keyof Routes]: (
    request: RequestOf<Routes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<Routes[Name]>>
}

const done = { done: true } as const

export const createRecordingAnswers = ({
  recordings,
  look,
  wallMs,
}: Pick<OpenDesk, 'recordings' | 'look' | 'wallMs'>): RecordingAnswers => {
  const by = (visit: Visit) => sessionOf(visit).name
  const scriptOf = (recording: string) => look.engine.state.saleScripts.get(recording)
  return {
    recordings: async (filter) => [...(await listRecordings(recordings().vault, filter))],
    recording: ({ recording }) => viewOf(recordings().vault, recording, scriptOf),
    watchRecording: async ({ recording, fromMs }, visit) => {
      const { vault, keeper } = recordings()
      await manifestOf(vault, recording)
      await keeper.access({ recording, by: by(visit), what: 'opened', fromMs })
      return { grant: makeGrant(vault.keys, { recording, account: by(visit) }, wallMs()) }
    },
    verifyRecording: async ({ recording }) => {
      const { vault, sales } = recordings()
      const inJournal = sales.sale(recording)?.sealed?.manifest
      return { complaints: [...(await verifyRecording(vault, recording, inJournal))] }
    },
    holdRecording: async (wish, visit) => {
      await recordings().keeper.hold({ ...wish, by: by(visit) })
      return done
    },
    releaseRecording: async (wish, visit) => {
      await recordings().keeper.release({ ...wish, by: by(visit) })
      return done
    },
  }
}
