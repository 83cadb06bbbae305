/** Every version of an item, the newest first: what it looked like, who added it and who agreed. */
import type { VersionTold } from '#protocol/desk/content-routes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTitle } from '../../../ui/words.ts'
import content from './content.module.css'
import type { ItemPageProps } from './item-page.tsx'
import { isExpired } from './model/standing.ts'
import styles from './rows.module.css'
import { ScreenLook } from './screen-look.tsx'
import type { Doing } from './use-doing.ts'
import { contentWords } from './words.ts'

interface VersionsProps extends ItemPageProps {
  readonly doing: Doing
  readonly onPut: (version: number) => void
}

const useJudged = () => {
  const say = useSay()
  const { day, clock } = useFormat()
  const when = (at: number) => `${day(at)} ${clock(at)}`
  return ({ addedByTitle, addedAt, state, judgedByTitle, judgedAt, judgedReason }: VersionTold) => {
    const who = judgedByTitle ?? ''
    const added = say(contentWords.addedBy, { who: addedByTitle, at: when(addedAt) })
    if (state === 'declined')
      return [added, say(contentWords.declinedBy, { who, reason: judgedReason ?? '' })]
    if (state !== 'approved' || judgedAt === null) return [added]
    const judged = say(contentWords.judged, { who, at: when(judgedAt) })
    return [added, `${say(contentWords.agreedBy)} ${judged}`]
  }
}

const Row = ({ version, ...props }: VersionsProps & { readonly version: VersionTold }) => {
  const { item, library, today, mayEdit, doing, onPut } = props
  const say = useSay()
  const titleOf = useTitle()
  const judged = useJudged()
  const isShown = item.inForce === version.version
  const isOld = isExpired(version, today)
  return (
    <li className={styles.version} data-version={version.version}>
      <div aria-hidden className={content.small}>
        <ScreenLook of={version} title={titleOf(item.title, item.id)} languages={library.languages} />
      </div>
      <div className={styles.versionWords}>
        <span className={content.badges}>
          <strong>{say(contentWords.versionNo, { version: version.version })}</strong>
          <Badge tone={isShown ? 'good' : version.state === 'proposed' ? 'normal' : 'plain'}>
            {say(isShown ? contentWords.onScreens : contentWords[`state.${version.state}`])}
          </Badge>
        </span>
        {judged(version).map((words) => (
          <span key={words} className={content.soft}>
            {words}
          </span>
        ))}
        {version.state === 'approved' && !isShown && isOld && (
          <span className={content.soft}>{say(contentWords.tooOld)}</span>
        )}
      </div>
      {mayEdit && version.state === 'approved' && !isShown && !isOld && (
        <Button isDisabled={doing.isBusy} onPress={() => onPut(version.version)}>
          {say(contentWords.backToIt)}
        </Button>
      )}
    </li>
  )
}

export const Versions = (props: VersionsProps) => {
  const say = useSay()
  const versions = [...props.item.versions].sort((a, b) => b.version - a.version)
  return (
    <section className={content.part} aria-labelledby="content-versions">
      <h2 id="content-versions">{say(contentWords.versions)}</h2>
      <ul className={content.list}>
        {versions.map((version) => (
          <Row key={version.version} {...props} version={version} />
        ))}
      </ul>
    </section>
  )
}
