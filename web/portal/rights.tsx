import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { askErasure, leave, type Refusal, readCopy } from './calls.ts'
import { ActionButton, Refused } from './form.tsx'
import type { Portal } from './portal-page.tsx'

/** What a person may ask of who keeps their data, and the end of the visit. */
export function Rights({ page, described, agreed, again, onLeft }: Portal & { onLeft(): void }) {
  const t = useTexts('portal')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [asked, setAsked] = useState(false)
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{t('rights.title')}</h2>
      <Refused refusal={refusal} />
      {page.known && (
        <div className="row">
          <ActionButton label={t('rights.copy')} act={readCopy} done={saveCopy} refused={setRefusal} />
          {!page.erasureAsked && !asked && (
            <button type="button" onClick={() => setAsked(true)}>
              {t('rights.erasure')}
            </button>
          )}
        </div>
      )}
      {page.erasureAsked && <p>{t('rights.erasure-asked', { brand: described.brand })}</p>}
      {asked && !page.erasureAsked && (
        <div className="card asked">
          <p>{described.statements.erasure.text}</p>
          <p className="hint">{t('rights.erasure-what', { brand: described.brand })}</p>
          <div className="row">
            <ActionButton
              label={t('rights.erasure-do')}
              main
              act={() => askErasure(agreed('erasure'))}
              done={() => {
                setAsked(false)
                void again(t('rights.erasure-done'))
              }}
              refused={setRefusal}
            />
            <button type="button" onClick={() => setAsked(false)}>
              {t('rights.erasure-not')}
            </button>
          </div>
        </div>
      )}
      {described.privacyNotice && (
        <p>
          <a href={described.privacyNotice} rel="noopener noreferrer" target="_blank">
            {t('privacy-notice')}
          </a>
        </p>
      )}
      <div className="leave">
        <ActionButton label={t('rights.leave')} act={leave} done={onLeft} refused={setRefusal} />
        <p className="hint">{t('rights.leave-why')}</p>
      </div>
    </section>
  )
}

function saveCopy(copy: object): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'connections.json'
  link.click()
  URL.revokeObjectURL(address)
}
