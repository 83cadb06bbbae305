/** What breaks breaks alone: where a part of the page cannot be loaded or drawn, it says so, and the rest goes on. */
import { Unplug } from 'lucide-react'
import { Component, type ReactNode, useContext } from 'react'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useSay } from '../../ui/words.ts'
import { WorkerContext } from '../worker-context.ts'
import { frameWords } from './words.ts'

/** What was not loaded once is not asked for again by a page: it has to be started anew. */
export const Fault = () => {
  const say = useSay()
  const { renew } = useContext(WorkerContext)
  return (
    <div role="alert">
      <Empty
        icon={<Unplug aria-hidden size={40} />}
        title={say(frameWords.fault)}
        text={say(frameWords.faultText)}
        action={<Button onPress={() => void renew()}>{say(frameWords.startAnew)}</Button>}
      />
    </div>
  )
}

export interface FaultsProps {
  readonly children: ReactNode
  /** Instead of what broke. */
  readonly instead?: ReactNode
}

/** With another `key` it begins again. React knows of faults in classes only. */
export class Faults extends Component<FaultsProps, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    const { children, instead = <Fault /> } = this.props
    return this.state.isBroken ? instead : children
  }
}
