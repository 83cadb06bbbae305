/** Which page is shown to whom: people out first, then staff, then whoever is there, and else whoever comes. */
import { useEffect, useLayoutEffect } from 'react'
import { DocumentPage } from './browse/document.tsx'
import { Together } from './browse/together.tsx'
import { CallBar } from './call/call-bar.tsx'
import { CallSound } from './call/call-sound.tsx'
import { ExpertPage } from './call/expert-page.tsx'
import { useDocument, useStage } from './call/use-call.ts'
import { type Person, pageOf, type View } from './journey/state.ts'
import styles from './kiosk-app.module.css'
import { useCell } from './outside/cell.ts'
import type { Kiosk } from './outside/kiosk.ts'
import { AttractPage } from './pages/attract.tsx'
import { ConsentPage } from './pages/consent.tsx'
import { HelpPage } from './pages/help.tsx'
import { HomePage } from './pages/home.tsx'
import { FailedPage, ResultPage } from './pages/result.tsx'
import { ReviewPage } from './pages/review.tsx'
import { ServicePage } from './pages/service.tsx'
import { StepPage } from './pages/step.tsx'
import { TicketPage } from './pages/ticket.tsx'
import { TicketNumberPage } from './pages/ticket-number.tsx'
import { ViewPage } from './pages/view.tsx'
import { ClosedPage, EmergencyPage } from './pages/whole.tsx'
import { WorkingPage } from './pages/working.tsx'
import { Foot } from './parts/foot.tsx'
import { Head } from './parts/head.tsx'
import { Slip } from './parts/slip.tsx'
import { StillThere } from './parts/still-there.tsx'
import { KioskContext, ViewContext } from './parts/use-kiosk.ts'
import { SaleBar } from './sale/sale-bar.tsx'
import { SaleConsentPage, useIsAsked } from './sale/sale-consent.tsx'
import { SaleSign } from './sale/sale-sign.tsx'
import { StaffPage } from './staff/staff-page.tsx'
import { speechOf } from './words/say.ts'

const nobodyYet: View = { language: 'zh', elder: false, contrast: false, low: false }

/** Of the whole document, so that sizes and colours follow. */
const useView = (kiosk: Kiosk, view: View) => {
  const { settings } = useCell(kiosk.own)
  const { locale } = speechOf(settings, view)
  useLayoutEffect(() => {
    const { documentElement: page } = document
    page.lang = locale
    page.dataset.theme = view.contrast ? 'contrast' : 'light'
    page.dataset.elder = String(view.elder)
    page.dataset.low = String(view.low)
  }, [locale, view])
}

/** Each touch and key is a sign of life, but while they are asked: then only the answer is one. */
const useSignsOfLife = ({ journey, put }: Kiosk) => {
  useEffect(() => {
    const alive = ({ type, target }: Event) => {
      const { person } = journey.get()
      if (person === null) return
      // Beside the question is an answer too; what is in it is answered by its buttons.
      const isBeside = type === 'pointerdown' && target instanceof HTMLDialogElement
      if (person.askedAt === null || isBeside) put({ type: 'touch' })
    }
    const signs = ['pointerdown', 'keydown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, alive, { passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, alive)
    }
  }, [journey, put])
}

/** What the expert shows goes before whatever they were at, which stays as it is behind it. */
const PageNow = ({ person }: { readonly person: Person }) => {
  const document = useDocument(person)
  return document === null ? <PageOf person={person} /> : <DocumentPage person={person} document={document} />
}

const PageOf = ({ person }: { readonly person: Person }) => {
  switch (pageOf(person)) {
    case 'home':
      return <HomePage person={person} />
    case 'ticket-number':
      return <TicketNumberPage />
    case 'service':
      return <ServicePage person={person} />
    case 'ticket':
      return <TicketPage person={person} />
    case 'consent':
      return <ConsentPage person={person} />
    case 'step':
      return <StepPage key={person.form?.step} person={person} />
    case 'review':
      return <ReviewPage person={person} />
    case 'working':
      return <WorkingPage person={person} />
    case 'result':
      return <ResultPage person={person} />
    case 'failed':
      return <FailedPage person={person} title="failed" text="failedText" />
    case 'unsure':
      return <FailedPage person={person} title="unsure" text="unsureText" />
    case 'help':
      return <HelpPage person={person} reason="staff" />
    case 'expert':
      return <ExpertPage person={person} />
    case 'view':
      return <ViewPage person={person} />
  }
}

/** Who is seen and heard sees it, on every page. */
const InCall = ({ person }: { readonly person: Person }) => {
  if (useStage(person) !== 'talking') return null
  return (
    <>
      <Together person={person} />
      {pageOf(person) !== 'expert' && <CallBar person={person} />}
      <CallSound />
    </>
  )
}

const Inside = ({ kiosk }: { readonly kiosk: Kiosk }) => {
  const isAsked = useIsAsked()
  const { person, isEmergency, isClosed, isStaffThere } = useCell(kiosk.journey)
  const isLedOut = useCell(kiosk.showing.now)?.content.template === 'emergency'
  if (isEmergency || isLedOut) return <EmergencyPage />
  if (isStaffThere)
    return (
      <>
        <Head person={null} />
        <StaffPage />
      </>
    )
  if (isClosed)
    return (
      <>
        <Head person={null} />
        <ClosedPage />
      </>
    )
  if (isAsked)
    return (
      <>
        <Head person={person} />
        <SaleConsentPage />
        {person !== null && <InCall person={person} />}
      </>
    )
  if (person === null)
    return (
      <>
        <Head person={null} />
        <AttractPage />
      </>
    )
  return (
    <>
      <Head person={person} />
      <PageNow person={person} />
      <InCall person={person} />
      <Foot person={person} />
      {person.askedAt !== null && <StillThere person={person} />}
    </>
  )
}

export const KioskApp = ({ kiosk }: { readonly kiosk: Kiosk }) => {
  const { person } = useCell(kiosk.journey)
  const view = person?.view ?? nobodyYet
  useView(kiosk, view)
  useSignsOfLife(kiosk)
  return (
    <KioskContext value={kiosk}>
      <ViewContext value={view}>
        <div className={styles.frame}>
          <SaleSign />
          <Inside kiosk={kiosk} />
          <SaleBar />
          <Slip person={person} />
        </div>
      </ViewContext>
    </KioskContext>
  )
}
