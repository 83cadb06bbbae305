/** Who asked a second person, as whoever reads it would say. */
import type { ProposalTold } from '#protocol/desk/look/flows.ts'
import { useSay } from '../../../ui/words.ts'
import { useMe } from '../../live/use-live.ts'
import { policyWords } from './words.ts'

export const useAsker = (): ((proposal: Pick<ProposalTold, 'askedBy' | 'askedByTitle'>) => string) => {
  const say = useSay()
  const { name } = useMe()
  return ({ askedBy, askedByTitle }) => (askedBy === name ? say(policyWords.you) : askedByTitle)
}
