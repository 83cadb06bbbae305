/** Off, on suggestion or automatic: at once, from wherever the flow is shown. */
import { useState } from 'react'
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Life } from '../../../ui/life.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import styles from './policies.module.css'
import { useAutonomyLife, useFlowCommands } from './use-flow-commands.ts'
import { policyWords } from './words.ts'

type Autonomy = LiveFlow['autonomy']
const ways = ['off', 'suggest', 'automatic'] as const satisfies readonly Autonomy[]

export interface AutonomyProps {
  readonly flow: LiveFlow
}

export const AutonomyHere = ({ flow }: AutonomyProps) => {
  const say = useSay()
  const title = useTitle()(flow.title, flow.id)
  const may = useMay()
  const { setAutonomy } = useFlowCommands()
  const last = useAutonomyLife(flow.id)
  const [isAsking, setAsking] = useState(false)
  const wanted = last?.isUnderWay === true ? (last.params.autonomy ?? flow.autonomy) : flow.autonomy
  const choose = (to: Autonomy) => {
    if (to === wanted) return
    // It also runs while automation is paused: people rely on it.
    if (to === 'off' && !flow.pausable) return setAsking(true)
    setAutonomy(flow, to)
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
      <Dialog
        role="alertdialog"
        title={say(policyWords.offQuestion, { flow: title })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button
              kind="danger"
              onPress={() => {
                setAsking(false)
                setAutonomy(flow, 'off')
              }}
            >
              {say(policyWords.offYes)}
            </Button>
            <Button onPress={() => setAsking(false)}>{say(policyWords.keepEditing)}</Button>
          </>
        }
      >
        {say(policyWords.offText)}
      </Dialog>
    </div>
  )
}
