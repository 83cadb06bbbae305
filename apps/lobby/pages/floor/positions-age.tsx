/** Says how old the positions of people are, once they are old. */
import { Badge } from '../../../ui/badge.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useLive } from '../../live/context.ts'
import { useNow } from '../../live/use-live.ts'
import { oldAfterMs } from './plan/motion.ts'
import { floorWords } from './words.ts'

export const PositionsAge = () => {
  const say = useSay()
  const { duration } = useFormat()
  const now = useNow()
  const last = useLive().positions.get()
  if (last === undefined || last.people.length === 0 || now - last.at < oldAfterMs) return null
  return <Badge tone="high">{say(floorWords.positionsOld, { age: duration(now - last.at) })}</Badge>
}
