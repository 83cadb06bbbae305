/** What the desk answers about the content library. Whatever is changed is changed by a command, in the person's name. */
import type { boardRoutes } from '#protocol/desk/board-routes.ts'
import type { contentRoutes } from '#protocol/desk/content-routes.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import type { ContentCommand } from '../branch/content-commands.ts'
import { libraryOf } from '../content/library.ts'
import { addVersion, order } from '../content/orders.ts'
import { readBoard } from '../look/board.ts'
import { createTitles } from '../look/titles.ts'
import type { OpenDesk } from './parts.ts'
import { sessionOf, type Visit } from './visit.ts'

type Routes = typeof contentRoutes & typeof boardRoutes

export type ContentAnswers = {
  readonly [Name in keyof Routes]: (
    request: RequestOf<Routes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<Routes[Name]>> | ResponseOf<Routes[Name]>
}

const done = { done: true } as const

export const createContentAnswers = ({ look, files }: Pick<OpenDesk, 'look' | 'files'>): ContentAnswers => {
  const { engine } = look
  const by = (visit: Visit) => sessionOf(visit).name
  const carryOut = async (command: ContentCommand) => {
    await order(engine, command)
    return done
  }
  return {
    board: () => readBoard(look),
    library: (_, { tongue }) =>
      engine.read((state, at) => libraryOf(state, at, createTitles(state, tongue).person)),
    addVersion: (wish, visit) => addVersion({ engine, files }, wish, by(visit)),
    approveVersion: (which, visit) => carryOut({ name: 'content.approve', ...which, by: by(visit) }),
    declineVersion: (which, visit) => carryOut({ name: 'content.decline', ...which, by: by(visit) }),
    withdrawVersion: (which, visit) => carryOut({ name: 'content.withdraw', ...which, by: by(visit) }),
    putInForce: (which, visit) => carryOut({ name: 'content.put-in-force', ...which, by: by(visit) }),
    setPlaylist: (playlist, visit) => carryOut({ name: 'playlist.set', playlist, by: by(visit) }),
    dropPlaylist: (which, visit) => carryOut({ name: 'playlist.drop', ...which, by: by(visit) }),
    setDeskCampaign: (campaign, visit) => carryOut({ name: 'campaign.put', campaign, by: by(visit) }),
    dropDeskCampaign: (which, visit) => carryOut({ name: 'campaign.drop', ...which, by: by(visit) }),
  }
}
