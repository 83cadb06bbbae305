/**
 * What the hub is told of somebody's use: that it began, again when more is known of it (which ticket, which service),
 * and once how it ended. A session begins with a ticket that is named or a service that is begun here; who only looks,
 * or takes a number for the counter, is nobody's diversion.
 */
import type { EventData } from '#protocol/events.ts'
import type { Effect } from './input.ts'
import type { Person } from './state.ts'

type Ended = Exclude<EventData<'kiosk.session'>['state'], 'started'>

const about = ({ ticket, form, service }: Person) => {
  const named = form?.service.service ?? service
  return { ...(named !== null && { service: named }), ...(ticket !== null && { ticket }) }
}

export const begun = (person: Person): { person: Person; effects: readonly Effect[] } => ({
  person: { ...person, isInSession: true },
  effects: [{ tell: 'kiosk.session', data: { state: 'started', ...about(person) } }],
})

/** Nothing where nothing began: every start has one end, and every end a start. */
export const ended = (
  person: Person,
  state: Ended,
  reason?: string,
): { person: Person; effects: readonly Effect[] } =>
  person.isInSession
    ? {
        person: { ...person, isInSession: false },
        effects: [
          {
            tell: 'kiosk.session',
            data: { state, ...about(person), ...(reason !== undefined && { reason }) },
          },
        ],
      }
    : { person, effects: [] }
