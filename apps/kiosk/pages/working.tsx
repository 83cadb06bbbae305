/** The bank's own system does what was asked. */
import { PageFrame } from '../parts/page.tsx'
import { type PageProps, useSpeech } from '../parts/use-kiosk.ts'

export const WorkingPage = ({ person }: PageProps) => {
  const { say, title } = useSpeech()
  return (
    <PageFrame title={say('working')} before={title(person.form?.service.title)} turn="working">
      <progress aria-label={say('working')} />
    </PageFrame>
  )
}
