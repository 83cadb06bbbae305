/** What a flow chose among, such as campaigns: those that could be chosen with their points, then the others and why not. */
import type { ToldWeighed } from '#protocol/desk/look/explain.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import styles from './candidates.module.css'
import { ChosenMark, Points } from './candidates.tsx'
import { whyWords } from './words.ts'

type Option = ToldWeighed['options'][number]

const Scored = ({ option, isChosen }: { readonly option: Option; readonly isChosen: boolean }) => {
  const say = useSay()
  const { number } = useFormat()
  return (
    <li className={classes(styles.fit, isChosen && styles.chosen)}>
      <span className={styles.line}>
        <span className={styles.name}>{option.title}</span>
        {isChosen && <ChosenMark />}
        <span className={styles.score}>{say(whyWords.score, { score: number(option.score ?? 0) })}</span>
      </span>
      <Points parts={option.parts} />
    </li>
  )
}

export interface WeighedProps {
  readonly of: ToldWeighed
  /** The best was really wanted; else nothing was, and the best may be one that was held out. */
  readonly isTaken: boolean
}

export const Weighed = ({ of: { options, rest }, isTaken }: WeighedProps) => {
  const say = useSay()
  const fits = options.filter(({ out }) => out === null)
  const outs = options.filter(({ out }) => out !== null)
  return (
    <div className={styles.all}>
      {fits.length > 0 && (
        <ul className={styles.fits}>
          {fits.map((option, index) => (
            <Scored key={option.id} option={option} isChosen={isTaken && index === 0} />
          ))}
        </ul>
      )}
      {outs.length + rest.length > 0 && (
        <details className={styles.outs} open={fits.length === 0}>
          <summary>{say(whyWords.passedOver, { count: outs.length })}</summary>
          <ul>
            {outs.map(({ id, title, out }) => (
              <li key={id} className={styles.out}>
                <span>{title}</span>
                <span className={styles.reason}>{out?.words}</span>
              </li>
            ))}
            {rest.map(({ code, words, count }) => (
              <li key={code} className={styles.out}>
                <span>{say(whyWords.more, { count })}</span>
                <span className={styles.reason}>{words}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
