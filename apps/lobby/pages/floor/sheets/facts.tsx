/** What is known of one thing: a name and a value to each line. */
import type { ReactNode } from 'react'
import { type Pair, useSay } from '../../../../ui/words.ts'
import styles from './sheets.module.css'

export const Facts = ({ children }: { readonly children: ReactNode }) => (
  <dl className={styles.facts}>{children}</dl>
)

export const Fact = ({ of, children }: { readonly of: Pair; readonly children: ReactNode }) => {
  const say = useSay()
  return (
    <div className={styles.fact}>
      <dt>{say(of)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export const Part = ({ title, children }: { readonly title: Pair; readonly children: ReactNode }) => {
  const say = useSay()
  return (
    <section className={styles.part}>
      <h3>{say(title)}</h3>
      {children}
    </section>
  )
}
