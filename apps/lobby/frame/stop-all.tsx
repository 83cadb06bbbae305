/** Stops whatever moves. On every page in the same corner, and apart from everything else that can be pressed. */
import { OctagonX } from 'lucide-react'
import { HoldButton } from '../../ui/hold-button.tsx'
import { useSay } from '../../ui/words.ts'
import { useMay, useSend } from '../live/use-commands.ts'
import { useBranch } from '../live/use-live.ts'
import { frameWords } from './words.ts'

export const StopAll = () => {
  const say = useSay()
  const branch = useBranch()
  const may = useMay()
  const send = useSend()
  const isStopped = branch !== undefined && branch.stopped !== null
  if (!may('stop-movement')) return null
  return (
    <HoldButton
      label={say(isStopped ? frameWords.stopAllOn : frameWords.stopAll)}
      icon={<OctagonX aria-hidden />}
      question={say(frameWords.stopAllQuestion)}
      answer={say(frameWords.stopAllAnswer)}
      hint={say(frameWords.stopAllHint)}
      isOn={isStopped}
      isDisabled={isStopped}
      onHeld={() => send({ name: 'stop-movement', params: {} })}
    />
  )
}
