/**
 * For what must not happen by a touch in passing: it is held until it fills. With keys: Space or Enter is held. Who
 * cannot hold (a screen reader presses for its user) is asked instead.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { commonWords } from './common-words.ts'
import { Dialog } from './dialog.tsx'
import styles from './hold-button.module.css'
import { useSay } from './words.ts'

export const holdMs = 1_000

export interface HoldButtonProps {
  readonly label: string
  readonly icon?: ReactNode
  /** What holding does, as a question. */
  readonly question: string
  /** Below the question. */
  readonly answer: string
  /** Said where it was let go too early. */
  readonly hint: string
  readonly onHeld: () => void
  readonly isDisabled?: boolean
  /** It is as it would make it. */
  readonly isOn?: boolean
  /** On one line, where there is room for it. */
  readonly isWide?: boolean
}

const isHoldKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter'

const useHold = (onHeld: () => void) => {
  const [isHolding, setHolding] = useState(false)
  const [isHinted, setHinted] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!isHinted) return undefined
    const gone = setTimeout(() => setHinted(false), 5_000)
    return () => clearTimeout(gone)
  }, [isHinted])
  const begin = () => {
    if (timer.current !== undefined) return
    setHolding(true)
    setHinted(false)
    timer.current = setTimeout(() => {
      timer.current = undefined
      setHolding(false)
      onHeld()
    }, holdMs)
  }
  const end = () => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    setHolding(false)
    setHinted(true)
  }
  return { isHolding, isHinted, begin, end }
}

interface QuestionProps extends HoldButtonProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

const Question = ({ question, answer, label, onHeld, isOpen, onClose }: QuestionProps) => {
  const say = useSay()
  const hold = () => {
    onClose()
    onHeld()
  }
  const actions = (
    <>
      <Button kind="danger" onPress={hold}>
        {label}
      </Button>
      <Button onPress={onClose}>{say(commonWords.back)}</Button>
    </>
  )
  return (
    <Dialog role="alertdialog" title={question} isOpen={isOpen} onClose={onClose} actions={actions}>
      {answer}
    </Dialog>
  )
}

export const HoldButton = (props: HoldButtonProps) => {
  const { label, icon, hint, onHeld, isDisabled = false, isOn = false, isWide = false } = props
  const [isAsking, setAsking] = useState(false)
  const { isHolding, isHinted, begin, end } = useHold(onHeld)
  return (
    <div className={styles.place}>
      <button
        type="button"
        className={classes(
          styles.button,
          isHolding && styles.holding,
          isOn && styles.on,
          isWide && styles.wide,
        )}
        disabled={isDisabled}
        aria-pressed={isOn}
        onPointerDown={(event) => {
          if (event.button === 0) begin()
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onPointerLeave={end}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isHoldKey(event)) return
          event.preventDefault()
          if (!event.repeat) begin()
        }}
        onKeyUp={(event) => isHoldKey(event) && end()}
        onBlur={end}
        onClick={({ detail }) => {
          // Clicks of fingers are counted; those of programs that press for somebody are not.
          if (detail === 0) setAsking(true)
        }}
      >
        {icon}
        <span>{label}</span>
      </button>
      <output className={classes(styles.hint, isHinted && styles.shown)}>{isHinted && hint}</output>
      <Question {...props} isOpen={isAsking} onClose={() => setAsking(false)} />
    </div>
  )
}
