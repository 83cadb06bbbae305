/** What one does in a call: each with its key, and always in the same place. */
import { Mic, MicOff, Pause, PhoneForwarded, PhoneOff, Play, Settings2, Video, VideoOff } from 'lucide-react'
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { CallMedia, CallView } from '../../call/port.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useConnection, useMe } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useSay } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import { isGuestIn } from '../model/guest.ts'
import { CallDevices } from './call-devices.tsx'
import styles from './controls.module.css'
import { HandOver, type HandOverProps } from './hand-over.tsx'
import tools from './tools.module.css'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

/** Nobody is seen or heard from here on; that it is over stands in the journal, also where the line is away now. */
const useHangUp = (call: string, media: CallMedia | undefined) => {
  const send = useSendOnce()
  const { state } = useConnection()
  return () => {
    if (state === 'live' || media === undefined) {
      void media?.setMicrophone(false)
      void media?.setCamera(false)
      send({ name: 'call.hang-up', params: { call } })
    } else void media.hangUp()
  }
}

const HangUpDialog = ({ onClose, onYes }: { onClose: () => void; onYes: () => void }) => {
  const say = useSay()
  return (
    <Dialog
      role="alertdialog"
      title={say(callWords.hangUpQuestion)}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="danger" autoFocus onPress={onYes}>
          {say(callWords.hangUp)}
        </Button>
      }
    >
      <p>{say(callWords.hangUpText)}</p>
    </Dialog>
  )
}

const useSwitches = ({ media, view }: { media: CallMedia; view: CallView }) => {
  const { camera, microphone, held } = view.own.shown
  return [
    {
      id: 'mute',
      title: microphone ? callWords.mute : callWords.unmute,
      key: keyOf.switches.mute,
      icon: microphone ? <Mic aria-hidden /> : <MicOff aria-hidden />,
      isOff: !microphone,
      run: () => void media.setMicrophone(!microphone),
    },
    {
      id: 'camera',
      title: camera ? callWords.cameraOff : callWords.cameraOn,
      key: keyOf.switches.camera,
      icon: camera ? <Video aria-hidden /> : <VideoOff aria-hidden />,
      isOff: !camera,
      run: () => void media.setCamera(!camera),
    },
    {
      id: 'hold',
      title: held ? callWords.resume : callWords.hold,
      key: keyOf.switches.hold,
      icon: held ? <Play aria-hidden /> : <Pause aria-hidden />,
      isOff: held,
      run: () => media.hold(!held),
    },
  ] as const
}

/** Only with media: before, there is nothing to switch. */
const Switches = (props: { media: CallMedia; view: CallView }) => {
  const say = useSay()
  const [isChoosing, setChoosing] = useState(false)
  const switches = useSwitches(props)
  useActions('switches', [
    ...switches,
    { id: 'devices', title: callWords.devices, key: keyOf.switches.devices, run: () => setChoosing(true) },
  ])
  return (
    <>
      {switches.map(({ id, title, key, icon, isOff, run }) => (
        <KeyedButton key={id} keyName={key} kind={isOff ? 'primary' : 'plain'} icon={icon} onPress={run}>
          {say(title)}
        </KeyedButton>
      ))}
      <KeyedButton
        keyName={keyOf.switches.devices}
        icon={<Settings2 aria-hidden />}
        onPress={() => setChoosing(true)}
      >
        {say(callWords.devices)}
      </KeyedButton>
      {isChoosing && <CallDevices {...props} onClose={() => setChoosing(false)} />}
    </>
  )
}

interface WaysOutProps {
  readonly call: LiveCall
  readonly isGuest: boolean
  readonly onAsk: (what: 'hang-up' | 'hand-over') => void
}

/** With a guest, what becomes of the call is said beside them. */
const WaysOut = ({ call, isGuest, onAsk }: WaysOutProps) => {
  const say = useSay()
  return (
    <>
      {call.guest === null && (
        <KeyedButton
          keyName={keyOf.noGuest.handOver}
          isDisabled={call.state !== 'in-call'}
          icon={<PhoneForwarded aria-hidden />}
          onPress={() => onAsk('hand-over')}
        >
          {say(callWords.handOver)}
        </KeyedButton>
      )}
      {!isGuest && (
        <KeyedButton
          keyName={keyOf.hangUp.hangUp}
          kind="danger"
          icon={<PhoneOff aria-hidden />}
          onPress={() => onAsk('hang-up')}
        >
          {say(callWords.hangUp)}
        </KeyedButton>
      )}
    </>
  )
}

const HandOverHere = (props: Pick<HandOverProps, 'call' | 'notes' | 'onClose'>) => {
  const say = useSay()
  return (
    <HandOver {...props} title={say(callWords.handOver)} hint={say(callWords.handOverHint)} expert={null} />
  )
}

export interface ControlsProps {
  readonly call: LiveCall
  readonly notes: Notes
  readonly media: CallMedia | undefined
  readonly view: CallView | undefined
}

export const Controls = ({ call, notes, media, view }: ControlsProps) => {
  const say = useSay()
  const [asking, setAsking] = useState<'hang-up' | 'hand-over'>()
  const hangUp = useHangUp(call.id, media)
  const me = useMe()
  const isIn = call.state === 'in-call' && call.guest === null
  const isGuest = isGuestIn(call, me.name)
  useActions('controls', [
    ...(isIn
      ? [
          {
            id: 'hand-over',
            title: callWords.handOver,
            key: keyOf.noGuest.handOver,
            run: () => setAsking('hand-over'),
          },
        ]
      : []),
    ...(isGuest
      ? []
      : [
          {
            id: 'hang-up',
            title: callWords.hangUp,
            key: keyOf.hangUp.hangUp,
            run: () => setAsking('hang-up'),
          },
        ]),
  ])
  const close = () => setAsking(undefined)
  return (
    <div
      className={classes(styles.controls, tools.tools)}
      role="toolbar"
      aria-label={say(callWords.controls)}
    >
      {media !== undefined && view !== undefined && view.over === null && (
        <Switches media={media} view={view} />
      )}
      <span className={styles.space} />
      <WaysOut call={call} isGuest={isGuest} onAsk={setAsking} />
      {asking === 'hang-up' && (
        <HangUpDialog
          onClose={close}
          onYes={() => {
            close()
            hangUp()
          }}
        />
      )}
      {asking === 'hand-over' && <HandOverHere call={call} notes={notes} onClose={close} />}
    </div>
  )
}
