/** Who could do something, best first, each with what speaks for it, and below them who could not and why. */
import { Check } from 'lucide-react'
import type { ToldCandidate } from '#protocol/desk/look/explain.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import styles from './candidates.module.css'
import { isSpared, sortCandidates } from './sort-candidates.ts'
import { whyWords } from './words.ts'

export const Points = ({ parts }: { readonly parts: ToldCandidate['parts'] }) => {
  const { number } = useFormat()
  const shown = parts.filter(({ points }) => Math.round(points) !== 0)
  return (
    <span className={styles.parts}>
      {shown.map(({ name, words, points }) => (
        <span key={name} className={styles.part}>
          {`${words} ${points > 0 ? '+' : '−'}${number(Math.abs(points))}`}
        </span>
      ))}
    </span>
  )
}

export const ChosenMark = () => {
  const say = useSay()
  return (
    <span className={styles.mark}>
      <Check aria-hidden size={18} />
      {say(whyWords.chosen)}
    </span>
  )
}

interface FitProps {
  readonly candidate: ToldCandidate
  readonly best: number
  readonly isChosen: boolean
  readonly spared: boolean
}

const Fit = ({ candidate, best, isChosen, spared }: FitProps) => {
  const say = useSay()
  const { number } = useFormat()
  const score = candidate.score ?? 0
  return (
    <li className={classes(styles.fit, isChosen && styles.chosen)}>
      <span className={styles.line}>
        <span className={styles.name}>{candidate.member.title}</span>
        {isChosen && <ChosenMark />}
        <span className={styles.score}>{say(whyWords.score, { score: number(score) })}</span>
      </span>
      <span className={styles.bar} aria-hidden>
        <span className={styles.fill} style={{ width: `${best <= 0 ? 0 : (100 * score) / best}%` }} />
      </span>
      <Points parts={candidate.parts} />
      {spared && <span className={styles.reason}>{say(whyWords.spared)}</span>}
    </li>
  )
}

const scored = ({ member, score }: ToldCandidate) => ({ id: member.id, score })

export interface CandidatesProps {
  readonly of: readonly ToldCandidate[]
  /** Its id. */
  readonly chosen: string | null
}

export const Candidates = ({ of, chosen }: CandidatesProps) => {
  const say = useSay()
  const { fits, outs, strangers } = sortCandidates(of, chosen)
  const first = fits.find(({ member }) => member.id === chosen)
  const best = Math.max(0, ...fits.map(({ score }) => score ?? 0))
  return (
    <div className={styles.all}>
      {fits.length > 0 && (
        <ul className={styles.fits}>
          {fits.map((candidate) => (
            <Fit
              key={candidate.member.id}
              candidate={candidate}
              best={best}
              isChosen={candidate.member.id === chosen}
              spared={isSpared(scored(candidate), first && scored(first))}
            />
          ))}
        </ul>
      )}
      {outs.length > 0 && (
        <details className={styles.outs} open={fits.length === 0}>
          <summary>{say(whyWords.others, { count: outs.length })}</summary>
          <ul>
            {outs.map(({ member, out }) => (
              <li key={member.id} className={styles.out}>
                <span>{member.title}</span>
                <span className={styles.reason}>{out?.words}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {strangers.length > 0 && (
        <p className={styles.reason}>{say(whyWords.strangers, { count: strangers.length })}</p>
      )}
    </div>
  )
}
