/** What staff see of the machine, and the few things they do with it. Left by itself after some minutes. */
import { type ReactNode, useEffect } from 'react'
import { classes } from '../../ui/classes.ts'
import { useCell } from '../outside/cell.ts'
import { kept } from '../outside/kept.ts'
import { version } from '../outside/kiosk.ts'
import { BigButton } from '../parts/big-button.tsx'
import fields from '../parts/field.module.css'
import { PageFrame, Row } from '../parts/page.tsx'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'

const leavesAfterMs = 180_000

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Facts = () => {
  const { say } = useSpeech()
  const kiosk = useKiosk()
  const joining = useCell(kiosk.joining)
  const { isFresh } = useCell(kiosk.board)
  const unsent = useCell(kiosk.unsent)
  const { settings, troubles } = useCell(kiosk.own)
  const isJoined = joining.at === 'joined'
  return (
    <div className={classes(fields.item, fields.facts)}>
      <dl>
        <Fact name={say('device')}>{isJoined ? joining.device : '–'}</Fact>
        <Fact name={say('branch')}>{isJoined ? joining.branch : '–'}</Fact>
        <Fact name={say('link')}>{say(isFresh ? 'linkUp' : 'linkDown')}</Fact>
        <Fact name={say('unsent')}>{unsent}</Fact>
        <Fact name={say('tickets')}>
          {settings.tickets ? say('ticketsOn', { prefix: settings.ticketPrefix ?? '' }) : say('ticketsOff')}
        </Fact>
        <Fact name={say('settings')}>
          {troubles.length === 0 ? say('settingsGood') : troubles.join(' · ')}
        </Fact>
        <Fact name={say('version')}>{version}</Fact>
      </dl>
    </div>
  )
}

export const StaffPage = () => {
  const { say } = useSpeech()
  const { put, journey, isTestSlip } = useKiosk()
  const { isClosed } = useCell(journey)
  useEffect(() => {
    const timer = setTimeout(() => put({ type: 'staff', isThere: false }), leavesAfterMs)
    return () => clearTimeout(timer)
  }, [put])
  useEffect(() => {
    const printed = () => isTestSlip.set(false)
    window.addEventListener('afterprint', printed)
    return () => window.removeEventListener('afterprint', printed)
  }, [isTestSlip])
  const print = () => {
    isTestSlip.set(true)
    // Printed as it is drawn then.
    requestAnimationFrame(() => window.print())
  }
  const close = () => {
    kept.keepClosed(!isClosed)
    put({ type: 'close', isClosed: !isClosed })
  }
  return (
    <PageFrame title={say('staff')} turn="staff">
      <Facts />
      <Row>
        <BigButton onPress={close}>{say(isClosed ? 'openKiosk' : 'closeKiosk')}</BigButton>
        <BigButton onPress={print}>{say('testPrint')}</BigButton>
        <BigButton onPress={() => window.location.reload()}>{say('restart')}</BigButton>
        <BigButton kind="primary" onPress={() => put({ type: 'staff', isThere: false })}>
          {say('leave')}
        </BigButton>
      </Row>
    </PageFrame>
  )
}
