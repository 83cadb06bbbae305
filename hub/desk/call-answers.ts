/** What the desk answers to whoever is rung, or wants to stand in a call. */
import type { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { callRoutes } from '#protocol/desk/call-routes.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import { allDocuments } from '../branch/call-documents.ts'
import { fileOf } from '../branch/rows.ts'
import { expertIn, isOver, leadIn, managerIn } from '../calls/find.ts'
import { isGuest, isRungAsGuest } from '../calls/guest.ts'
import { passOf } from '../calls/kiosk.ts'
import { callDays } from '../look/call-days.ts'
import { callStory } from '../look/call-story.ts'
import type { OpenDesk } from './parts.ts'
import { sessionOf, type Visit } from './visit.ts'

type CallRoutes = typeof callRoutes
export type CallAnswers = {
  readonly [Name in keyof CallRoutes]: (
    request: RequestOf<CallRoutes[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<CallRoutes[Name]>>
}

interface Who {
  readonly name: string
  readonly roles: readonly DeskRole[]
}

/** An expert by whom it rings, or who has or had it, may know what it is about. */
const concerns = (call: CallRow, { name, roles }: Who): boolean =>
  roles.includes('manager') ||
  roles.includes('lead') ||
  call.expert === name ||
  call.ring?.experts.includes(name) === true ||
  isRungAsGuest(call, name) ||
  isGuest(call, name) ||
  call.segments.some((part) => part.expert === name)

/** An expert in it, else whoever leads the branch, or experts. @returns undefined: nobody of them. */
const participantOf = (call: CallRow, { name, roles }: Who): string | undefined => {
  if ((call.expert === name || isGuest(call, name)) && roles.includes('expert')) return expertIn(name)
  if (roles.includes('manager')) return managerIn(name)
  return roles.includes('lead') ? leadIn(name) : undefined
}

/** Those named in the branch file, and those that people are of without a word about them. */
const groupsOf = ({ groups, people }: ExpertDesk) => {
  const titles = new Map(groups.map(({ id, title }) => [id, title]))
  return [...new Set(people.map(({ group }) => group))].map((id) => ({ id, title: { ...titles.get(id) } }))
}

export const createCallAnswers = ({
  look,
  issueTicket,
}: Pick<OpenDesk, 'look' | 'issueTicket'>): CallAnswers => {
  const find = async (id: string): Promise<CallRow> => {
    const call = await look.engine.read((state) => state.calls.get(id))
    if (call === undefined) throw new UsherError('call.unknown', id)
    return call
  }
  const days = callDays(look)
  return {
    joinCall: async ({ call: id }, visit) => {
      const call = await find(id)
      if (isOver(call)) throw new UsherError('call.over', id)
      const participant = participantOf(call, sessionOf(visit))
      if (participant === undefined) throw new UsherError('call.not-yours', id)
      const pass = passOf(call, participant)
      if (pass === null) throw new UsherError(call.state === 'wrap-up' ? 'call.over' : 'call.state', id)
      return { ticket: issueTicket(pass) }
    },
    callStory: async ({ call: id }, visit) => {
      const call = await find(id)
      if (!concerns(call, sessionOf(visit))) throw new UsherError('call.not-yours', id)
      return callStory(look, call)
    },
    callDocuments: async ({ call: id }, visit) => {
      const call = await find(id)
      if (call.expert !== sessionOf(visit).name) throw new UsherError('call.not-yours', id)
      if (call.branch !== undefined) throw new UsherError('document.elsewhere', id)
      const documents = await look.engine.read(allDocuments)
      return {
        documents: documents.map((one) => ({ ...one, title: { ...one.title }, words: { ...one.words } })),
      }
    },
    callDay: async ({ day }) => {
      const { groups, ...all } = await days.of(day)
      return { ...all, groups: { ...groups } }
    },
    callPlan: async () => {
      const plan = await look.engine.read((state) => fileOf(state)?.experts)
      if (plan === undefined) return { plan: null }
      const { codes, serviceLevel } = plan
      return { plan: { groups: groupsOf(plan), codes, serviceLevel } }
    },
  }
}
