/** The file: chosen or dropped, how much of it has gone, and why the hub would not have it. */
import { CircleAlert, FileUp, Upload } from 'lucide-react'
import { type Media, mediaTypes } from '#protocol/content.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { FileChoice } from '../plan/file-choice.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { sizeSaid } from './model/size.ts'
import { useDroppedFile } from './use-dropped-file.ts'
import type { FileLife, SendingHere } from './use-sending.ts'

/** Also what is refused can be chosen: the hub looks into the file and says why, where a greyed name says nothing. */
const accepted = [...mediaTypes, 'image/*', 'video/*', '.html'].join(',')

const kindOf = ({ type }: Media) => {
  if (type === 'text/html') return 'page'
  return type.startsWith('video/') ? 'video' : 'picture'
}

const Progress = ({ life, onCancel }: { readonly life: FileLife; readonly onCancel: () => void }) => {
  const say = useSay()
  const { percent } = useFormat()
  const { name, sent, whole } = life
  const share = whole === 0 ? 1 : Math.min(1, sent / whole)
  const isGone = share === 1
  return (
    <div className={styles.progress}>
      <span id="content-progress">{say(isGone ? formWords.checking : formWords.sending, { name })}</span>
      <progress aria-labelledby="content-progress" className={styles.bar} value={share} max={1} />
      <span className={styles.hint}>
        {say(formWords.share, { share: percent(share), size: sizeSaid(whole) })}
      </span>
      <Button onPress={onCancel}>{say(formWords.cancel)}</Button>
    </div>
  )
}

const RefusedFile = ({ life, onAgain }: { readonly life: FileLife; readonly onAgain: () => void }) => {
  const say = useSay()
  const error = life.refused?.error
  return (
    <div className={styles.refusedFile} role="alert" data-refused={error?.code ?? 'unreachable'}>
      <strong className={styles.refusedHead}>
        <CircleAlert aria-hidden size={20} />
        {say(formWords.refused, { name: life.name })}
      </strong>
      <p>{error?.text ?? say(formWords.unreached)}</p>
      {error?.detail !== undefined && <p>{error.detail}</p>}
      {error === undefined ? (
        <Button onPress={onAgain}>{say(formWords.tooSlow)}</Button>
      ) : (
        <p className={styles.hint}>{say(formWords.refusedHelp)}</p>
      )}
    </div>
  )
}

interface FilePartProps {
  readonly media: Media | null
  readonly sending: SendingHere
  readonly trouble: string | undefined
}

export const FilePart = ({ media, sending, trouble }: FilePartProps) => {
  const say = useSay()
  const { life, send, again, cancel } = sending
  const isOver = useDroppedFile(send)
  const size =
    media?.width === undefined ? '' : say(formWords.pixels, { width: media.width, height: media.height ?? 0 })
  return (
    <div className={classes(styles.drop, isOver && styles.over)}>
      {life?.state === 'sending' ? (
        <Progress life={life} onCancel={cancel} />
      ) : (
        <>
          {life !== undefined && <RefusedFile life={life} onAgain={again} />}
          {media === null ? (
            <Upload aria-hidden size={32} className={styles.dropIcon} />
          ) : (
            <output data-taken={media.type}>
              {[
                say(formWords.taken, {
                  kind: say(formWords[`kind.${kindOf(media)}`]),
                  size: sizeSaid(media.bytes),
                }),
                size,
              ]
                .filter((words) => words !== '')
                .join(' · ')}
            </output>
          )}
          <span className={styles.dropWords}>
            {media === null && <span>{say(formWords.drop)}</span>}
            <FileChoice
              label={say(media === null ? formWords.choose : formWords.chooseOther)}
              icon={<FileUp aria-hidden size={20} />}
              accept={accepted}
              onFile={send}
            />
          </span>
          <span className={styles.hint}>{say(formWords.kinds)}</span>
        </>
      )}
      {trouble !== undefined && (
        <span className={styles.trouble} data-wrong tabIndex={-1}>
          {trouble}
        </span>
      )}
    </div>
  )
}
