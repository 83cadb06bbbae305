/** For whoever sets the machine up: what it waits for before it is a device of the branch. */
import { useCell } from '../outside/cell.ts'
import { useKiosk } from '../parts/use-kiosk.ts'
import { localeOf, ownLanguages, speechOf, type WordName } from '../words/say.ts'
import styles from './joining.module.css'

const words: Readonly<Record<string, WordName>> = {
  'no-hub': 'noHub',
  'door-closed': 'doorClosed',
  elsewhere: 'elsewhere',
  pairing: 'pairingText',
}

export const JoiningNote = () => {
  const { joining, own } = useKiosk()
  const now = useCell(joining)
  const { settings } = useCell(own)
  const word = words[now.at]
  if (word === undefined) return null
  return (
    <output className={styles.note}>
      {ownLanguages.map(({ tag }) => (
        <p key={tag} lang={localeOf(tag)}>
          {speechOf(settings, { language: tag, elder: false }).say(word)}
        </p>
      ))}
      {now.at === 'pairing' && <p className={styles.code}>{now.code}</p>}
    </output>
  )
}
