/** Off, on suggestion or automatic: at once, from wherever the flow is shown. */
import { useState } from 'react'
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { Life } from '../../../ui/life.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import styles from './policies.module.css'
import { useAutonomyLife, useFlowCommands } from './use-flow-commands.ts'
import { isAskedAbout, WayQuestion } from './way-question.tsx'
import { policyWords } from './words.ts'

type Autonomy = LiveFlow['autonomy']
const ways = ['off', 'suggest', 'automatic'] as const satisfies readonly Autonomy[]

export const AutonomyHere = ({ flow }: { readonly flow: LiveFlow }) => {
  const say = useSay()
  const title = useTitle()(flow.title, flow.id)
  const may = useMay()
  const { setAutonomy } = useFlowCommands()
  const last = useAutonomyLife(flow.id)
  const [asked, setAsked] = useState<Autonomy>()
  const wanted = last?.isUnderWay === true ? (last.params.autonomy ?? flow.autonomy) : flow.autonomy
  const choose = (to: Autonomy) => {
    if (to === wanted) return
    if (isAskedAbout(flow, to)) setAsked(to)
    else setAutonomy(flow, to)
  }
  return (
    <div className={styles.autonomy}>
      <Segmented
        label={say(policyWords.autonomyOf, { flow: title })}
        options={ways.map((id) => ({ id, text: say(policyWords[`autonomy.${id}`]) }))}
        value={wanted}
        onChange={choose}
        isDisabled={!may('flow.set')}
      />
      {last !== undefined && last.life.state !== 'done' && <Life of={last.life} />}
      <WayQuestion
        flow={flow}
        to={asked}
        onYes={(to) => setAutonomy(flow, to)}
        onClose={() => setAsked(undefined)}
      />
    </div>
  )
}
