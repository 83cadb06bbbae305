/**
 * The door for staff: the corner is held for two seconds, or pressed by a key or a screen reader, which nobody does in
 * passing; then comes the PIN.
 */
import { useEffect, useRef, useState } from 'react'
import { useSpeech } from '../parts/use-kiosk.ts'
import { PinDialog } from './pin-dialog.tsx'
import styles from './staff.module.css'

const holdMs = 2_000

export const StaffCorner = () => {
  const { say } = useSpeech()
  const [isAsking, setAsking] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const end = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <>
      <button
        type="button"
        className={styles.corner}
        aria-label={say('staffDoor')}
        onPointerDown={() => {
          end()
          timer.current = setTimeout(() => setAsking(true), holdMs)
        }}
        onPointerUp={end}
        onPointerLeave={end}
        onPointerCancel={end}
        onClick={({ detail }) => {
          // Clicks of fingers are counted; those of keys and of programs that press for somebody are not.
          if (detail === 0) setAsking(true)
        }}
      />
      {isAsking && <PinDialog onClose={() => setAsking(false)} />}
    </>
  )
}
