/** Asked before a flow runs otherwise, where somebody relies on it as it is: for safety, or with a change that waits. */
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useMe } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import { policyWords } from './words.ts'

type Autonomy = LiveFlow['autonomy']

/** It also runs while automation is paused: people rely on it. */
const isForSafety = (flow: LiveFlow, to: Autonomy) => to === 'off' && !flow.pausable

export const isAskedAbout = (flow: LiveFlow, to: Autonomy): boolean =>
  isForSafety(flow, to) || flow.proposal?.state === 'open'

const EndsWaiting = ({ proposal }: Pick<LiveFlow, 'proposal'>) => {
  const say = useSay()
  const { person } = useNames()
  const { name } = useMe()
  if (proposal?.state !== 'open') return null
  const who = proposal.askedBy === name ? say(policyWords.you) : person(proposal.askedBy)
  return <p>{say(policyWords.wayEndsWaiting, { who })}</p>
}

export interface WayQuestionProps {
  readonly flow: LiveFlow
  /** undefined: nothing is asked. */
  readonly to: Autonomy | undefined
  readonly onYes: (to: Autonomy) => void
  readonly onClose: () => void
}

export const WayQuestion = ({ flow, to, onYes, onClose }: WayQuestionProps) => {
  const say = useSay()
  const title = useTitle()(flow.title, flow.id)
  const isOff = to === undefined || to === 'off'
  return (
    <Dialog
      role="alertdialog"
      title={
        isOff
          ? say(policyWords.offQuestion, { flow: title })
          : say(policyWords.wayQuestion, { flow: title, way: say(policyWords[`autonomy.${to}`]) })
      }
      isOpen={to !== undefined}
      onClose={onClose}
      actions={
        <>
          <Button
            kind={isOff ? 'danger' : 'primary'}
            onPress={() => {
              onClose()
              if (to !== undefined) onYes(to)
            }}
          >
            {say(isOff ? policyWords.offYes : policyWords.wayYes)}
          </Button>
          <Button onPress={onClose}>{say(policyWords.leaveIt)}</Button>
        </>
      }
    >
      {to !== undefined && isForSafety(flow, to) && <p>{say(policyWords.offText)}</p>}
      <EndsWaiting proposal={flow.proposal} />
    </Dialog>
  )
}
