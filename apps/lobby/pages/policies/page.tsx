/** Policies: which flow runs by itself, on suggestion or not at all, and within which limits. */
import { CloudOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import page from '../../../ui/page.module.css'
import { useSay, useTongue } from '../../../ui/words.ts'
import { go, usePath } from '../../frame/router.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import { useConnection, useTable } from '../../live/use-live.ts'
import { FlowList } from './flow-list.tsx'
import { FlowPage } from './flow-page.tsx'
import styles from './policies.module.css'
import { policyWords } from './words.ts'

/** The flow in the address. */
const useFlowHere = (): string | undefined => /^\/policies\/([^/]+)$/.exec(usePath())?.[1]

/** Read again whenever a flow was set by whomever, and when the line is back. */
const useTold = () => {
  const lang = useTongue()
  const answer = useAnswer('flows', { lang })
  const { state } = useConnection()
  const stand = useTable('flows')
    .map(({ id, revision, proposal }) => `${id}:${revision}:${proposal?.id}:${proposal?.state}`)
    .join()
  const { again } = answer
  // What is asked when the page is shown tells of how things stand then.
  const told = useRef(state === 'live' ? stand : '')
  useEffect(() => {
    if (state !== 'live') told.current = ''
    if (state !== 'live' || stand === told.current) return
    told.current = stand
    again()
  }, [state, stand, again])
  return answer
}

export const Page = () => {
  const say = useSay()
  const id = useFlowHere()
  const { data, isLoading, error, again } = useTold()
  if (id === undefined) return <FlowList told={data} />
  const flow = data?.find((one) => one.id === id)
  if (flow !== undefined) return <FlowPage key={flow.id} flow={flow} />
  if (data !== undefined)
    return (
      <Empty
        title={say(policyWords.noFlow)}
        action={<Button onPress={() => go('/policies')}>{say(policyWords.all)}</Button>}
      />
    )
  return (
    <div className={page.page}>
      {isLoading || error === undefined ? (
        <p className={styles.soft}>{say(policyWords.loading)}</p>
      ) : (
        <Empty
          icon={<CloudOff aria-hidden size={40} />}
          title={say(policyWords.unreached)}
          text={error.error?.text ?? say(policyWords.unreachedText)}
          action={<Button onPress={again}>{say(policyWords.retry)}</Button>}
        />
      )}
    </div>
  )
}
