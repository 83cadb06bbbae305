/** What the others say, on whatever page the visitor is. */
import { Voice } from '../../ui/stream.tsx'
import { useCell } from '../outside/cell.ts'
import { useKiosk } from '../parts/use-kiosk.ts'

export const CallSound = () => {
  const view = useCell(useKiosk().call.view)
  return view?.others.map(({ id, stream }) => stream !== null && <Voice key={id} stream={stream} />)
}
