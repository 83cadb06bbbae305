/** What a shipped flow is called by the people who read a report; one that is not shipped has its id. */
import { flows } from '#flows/index.ts'
import { type Tongue, titled } from '../io/language.ts'

/** English readers know flows by their ids, as commands take them. */
export const flowName = (id: string, tongue: Tongue): string => {
  const flow = tongue === 'en' ? undefined : flows.find((one) => one.id === id)
  return flow === undefined ? id : titled(flow.title, tongue)
}
