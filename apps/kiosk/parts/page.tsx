/**
 * One page of a journey: a question, what there is to know about it, and below what is pressed, which low-reach brings
 * into the lower half. Each new page is said from its heading on.
 */
import { type ReactNode, useEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import styles from './page.module.css'

export interface PageFrameProps {
  readonly title: string
  readonly before?: ReactNode
  readonly text?: ReactNode
  readonly children: ReactNode
  /** Changes with whatever is a new page to whoever hears it. */
  readonly turn: string
}

export const PageFrame = ({ title, before, text, children, turn }: PageFrameProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [turn])
  return (
    <main className={styles.page}>
      <div className={styles.head}>
        {before !== undefined && <p className={styles.before}>{before}</p>}
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {text !== undefined && <div className={styles.text}>{text}</div>}
      </div>
      <div className={styles.hands}>{children}</div>
    </main>
  )
}

/** Several alike, side by side where there is room. */
export const Tiles = ({ children, label }: { readonly children: ReactNode; readonly label?: string }) => (
  <ul className={styles.tiles} aria-label={label}>
    {children}
  </ul>
)

/** What goes on from here: in sight however long the page is. */
export const Ahead = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes(styles.row, styles.ahead)}>{children}</div>
)

export const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.row}>{children}</div>
)

export const Note = ({ children }: { readonly children: ReactNode }) => (
  <p className={styles.note}>{children}</p>
)
