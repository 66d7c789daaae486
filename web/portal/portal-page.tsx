import { useEffect, useRef, useState } from 'react'
import type { Answer, Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { Attempts } from './attempts.tsx'
import { type Described, describe, enter, type PageState, readPage } from './calls.ts'
import { Connections } from './connections.tsx'
import { InvitationSteps } from './invitation-steps.tsx'
import { Rights } from './rights.tsx'
import type { Portal } from './shapes.ts'
import { Ways } from './ways.tsx'

/** While something is under way elsewhere, the page looks whether it has arrived. */
const POLL_MS = 4_000

/** The link's secret, taken out of the address at once: it stays in no history and no picture of the screen. */
const linkToken = (() => {
  const found = location.hash.slice(1)
  if (found !== '') history.replaceState(null, '', location.pathname)
  return found === '' ? null : found
})()

export function PortalPage() {
  const t = useTexts('portal')
  const language = useLanguage()
  const [token, setToken] = useState(linkToken)
  const [described, setDescribed] = useState<Answer<Described>>()
  const [page, setPage] = useState<PageState | null>()
  const [said, setSaid] = useState('')
  useEffect(() => void describe(language).then(setDescribed), [language])
  const again = async (words?: string) => {
    const answer = await readPage()
    setPage(answer.ok ? answer.value : null)
    if (words) setSaid(words)
  }
  useEffect(() => {
    // A link begins a visit of its own, whatever this browser did before.
    if (linkToken === null) void readPage().then((answer) => setPage(answer.ok ? answer.value : null))
    else setPage(null)
  }, [])
  usePolling(page, setPage)
  const brand = described?.ok ? described.value.brand : ''
  useEffect(() => {
    document.title = brand ? `${t('title')} · ${brand}` : t('title')
  }, [brand, t])
  if (!described || page === undefined) return <main className="page" aria-busy="true" />
  if (!described.ok) return <Closed code={described.code} />
  if (page === null) return <Start described={described.value} token={token} onEntered={() => void again()} />
  const leave = () => {
    // The link was this visit's; the next one begins without.
    setToken(null)
    setPage(null)
  }
  const portal: Portal = {
    described: described.value,
    page,
    agreed: (statement) => ({ statementId: described.value.statements[statement].id, language }),
    again,
  }
  return (
    <main className="page">
      <Heading described={described.value} />
      <p className="said" role="status">
        {said}
      </p>
      <InvitationSteps {...portal} />
      <Attempts {...portal} />
      <Connections {...portal} />
      <Ways {...portal} />
      <Rights {...portal} onLeft={leave} />
    </main>
  )
}

function usePolling(page: PageState | null | undefined, setPage: (page: PageState) => void) {
  const copying = page?.everything?.copy?.state
  const waits =
    copying === 'waiting' ||
    copying === 'running' ||
    page?.attempts.some(({ state, way }) => state === 'open' && (way === 'reply-code' || way === 'mail-code'))
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible')
        void readPage().then((answer) => {
          if (answer.ok) setPage(answer.value)
        })
    }, POLL_MS)
    return () => clearInterval(timer)
  }, [waits, setPage])
}

const Heading = ({ described: { brand, lead } }: { described: Described }) => {
  const t = useTexts('portal')
  return (
    <header>
      <p className="brand">{brand}</p>
      <h1>{t('title')}</h1>
      <p className="lead">{lead}</p>
    </header>
  )
}

/** Begun by a press: what opens links by itself (previews, scanners) begins nothing. */
function Start({ described, token, onEntered }: { described: Described; token: string | null; onEntered(): void }) {
  const t = useTexts('portal')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const mayBegin = token !== null || described.open
  return (
    <main className="page">
      <Heading described={described} />
      <section className="card">
        <Refused refusal={refusal} />
        <p>
          {t(token !== null ? 'start.invited' : mayBegin ? 'start.open' : 'start.closed', { brand: described.brand })}
        </p>
        {mayBegin && (
          <ActionButton main act={() => enter(token)} done={onEntered} refused={setRefusal} label={t('start.begin')} />
        )}
        <p className="hint">{t('start.cookie')}</p>
      </section>
      {described.privacyNotice && (
        <p>
          <a href={described.privacyNotice} rel="noopener noreferrer" target="_blank">
            {t('privacy-notice')}
          </a>
        </p>
      )}
    </main>
  )
}

function Closed({ code }: { code: string }) {
  const t = useTexts('portal')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <main className="page">
      <h1 ref={heading} tabIndex={-1}>
        {t('closed.title')}
      </h1>
      <p>{t([`errors.${code}`, 'errors.refused'])}</p>
    </main>
  )
}
