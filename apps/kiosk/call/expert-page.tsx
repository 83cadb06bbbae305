/** Everything about an expert, in one place: asked for, waited for, agreed to, talked to, and over. */
import { HelpPage } from '../pages/help.tsx'
import type { PageProps } from '../parts/use-kiosk.ts'
import { CallConsentPage } from './consent.tsx'
import { OverPage } from './over.tsx'
import { TalkingPage } from './talking.tsx'
import { useStage } from './use-call.ts'
import { WaitingPage } from './waiting.tsx'

export const ExpertPage = ({ person }: PageProps) => {
  switch (useStage(person)) {
    case 'none':
    case 'asked':
      return <HelpPage person={person} reason="expert" />
    case 'waiting':
    case 'ringing':
    case 'next':
      return <WaitingPage person={person} />
    case 'consent':
      return <CallConsentPage person={person} />
    case 'talking':
      return <TalkingPage person={person} />
    case 'over':
      return <OverPage person={person} />
  }
}
