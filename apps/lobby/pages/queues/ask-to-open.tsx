/** Who may open a counter. */
import type { Advice } from '#protocol/desk/look/advice.ts'
import { useSay } from '../../../ui/words.ts'
import { queueWords } from './words.ts'

export interface AskToOpenProps {
  readonly service: string
  readonly counter: string
  readonly people: Advice['people']
}

export const AskToOpen = ({ people }: AskToOpenProps) => {
  const say = useSay()
  return <span>{say(queueWords.canOpen, { who: people.map(({ title }) => title).join(' · ') })}</span>
}
