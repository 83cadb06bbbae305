/** Language and sight: each as somebody likes it, at any time, and for as long as they are there. */
import { Accessibility, Contrast, Glasses } from 'lucide-react'
import type { View } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { PageFrame, Row, Tiles } from '../parts/page.tsx'
import { type PageProps, useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import { languagesOf, localeOf } from '../words/say.ts'

const sights = [
  { name: 'elder', icon: <Glasses aria-hidden /> },
  { name: 'contrast', icon: <Contrast aria-hidden /> },
  { name: 'low', icon: <Accessibility aria-hidden /> },
] as const

export const ViewPage = ({ person: { view } }: PageProps) => {
  const { say } = useSpeech()
  const { own, put } = useKiosk()
  const languages = languagesOf(useCell(own).settings)
  const look = (change: Partial<View>) => () => put({ type: 'look', view: change })
  return (
    <PageFrame title={say('viewTitle')} turn="view">
      <Tiles label={say('language')}>
        {languages.map(({ tag, name }) => (
          <li key={tag}>
            <BigButton isOn={tag === view.language} lang={localeOf(tag)} onPress={look({ language: tag })}>
              {name}
            </BigButton>
          </li>
        ))}
      </Tiles>
      <Tiles label={say('view')}>
        {sights.map(({ name, icon }) => (
          <li key={name}>
            <BigButton icon={icon} isOn={view[name]} onPress={look({ [name]: !view[name] })}>
              {say(name)}
            </BigButton>
          </li>
        ))}
      </Tiles>
      <Row>
        <BigButton kind="primary" onPress={() => put({ type: 'back' })}>
          {say('readOn')}
        </BigButton>
      </Row>
    </PageFrame>
  )
}
