/** What somebody looks at has gone meanwhile. */
import { Empty } from '../../../../ui/empty.tsx'
import { useSay } from '../../../../ui/words.ts'
import { sheetWords } from './words.ts'

export const Gone = () => {
  const say = useSay()
  return <Empty title={say(sheetWords.gone)} text={say(sheetWords.goneText)} />
}
