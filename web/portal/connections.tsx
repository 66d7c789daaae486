import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { type Connection, cut, type Described } from './calls.ts'
import { useKindName } from './names.ts'
import type { Portal } from './shapes.ts'

/** What is linked, why, since when, by whom; what this visit proved can be cut at once. */
export function Connections({ page, described, agreed, again }: Portal) {
  const t = useTexts('portal')
  if (!page.known) return null
  return (
    <section aria-labelledby="connected">
      <h2 id="connected">{t('connected.title')}</h2>
      {page.connections.length === 0 && <p className="quiet">{t('connected.none')}</p>}
      {page.connections.some(({ masked }) => masked) && (
        <>
          <p className="quiet">{t('connected.why-masked', { brand: described.brand })}</p>
          <p className="quiet">{t('connected.not-yours', { brand: described.brand })}</p>
        </>
      )}
      <ul className="list">
        {page.connections.map((connection) => (
          <li key={`${connection.authorId} ${connection.shared}`} className="card">
            <Row connection={connection} described={described} />
            {!connection.shared && !connection.masked && (
              <Cutting
                connection={connection}
                statement={described.statements.cut.text}
                act={() => cut(connection.authorId, agreed('cut'))}
                onCut={() => void again(t('cut.done', { what: connection.shown }))}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Row({ connection, described }: { connection: Connection; described: Described }) {
  const t = useTexts('portal')
  const language = useLanguage()
  const kindName = useKindName()
  const { network, shown, masked, because, way, source, since, shared } = connection
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(since))
  const { brand } = described
  const words = { brand, source: source ?? brand, date }
  return (
    <>
      <p className="kind">{kindName(network)}</p>
      <p className="value">{shown}</p>
      <p>{because === 'proved' && way ? t(`because.proved-${way}`, words) : t(`because.${because}`, words)}</p>
      {shared && <p className="hint">{t('connected.shared')}</p>}
      {masked && (
        <p className="hint">
          {t('connected.masked')} {isProvable(network, described) && t('connected.provable')}
        </p>
      )}
    </>
  )
}

/** Whether what is offered below proves an identity of this kind; nobody is sent to look for what is not there. */
function isProvable(network: string, { offered, issuers, accounts }: Described): boolean {
  if (network === 'mail' || network === 'phone' || network === 'site') return offered.includes(network)
  if (network === 'customer-number') return offered.includes('sign-in') && issuers.length > 0
  if (network === 'mastodon' && offered.includes('site')) return true
  return offered.includes('account') && accounts.some((account) => account.network === network)
}

interface CuttingProps {
  connection: Connection
  statement: string
  act(): ReturnType<typeof cut>
  onCut(): void
}

/** Says what it does before it does it; the words are what the ledger keeps. */
function Cutting({ connection, statement, act, onCut }: CuttingProps) {
  const t = useTexts('portal')
  const [asked, setAsked] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  if (!asked)
    return (
      <button type="button" onClick={() => setAsked(true)} aria-label={t('cut.ask-of', { what: connection.shown })}>
        {t('cut.ask')}
      </button>
    )
  return (
    <div className="asked">
      <p>{statement}</p>
      <Refused refusal={refusal} />
      <div className="row">
        <ActionButton label={t('cut.do')} main act={act} done={onCut} refused={setRefusal} />
        <button type="button" onClick={() => setAsked(false)}>
          {t('cut.keep')}
        </button>
      </div>
    </div>
  )
}
