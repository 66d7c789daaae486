import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { askAccess, askErasure, leave, readCopy } from './calls.ts'
import { saveFile } from './save-file.ts'
import type { Portal } from './shapes.ts'
import { WholeCopy } from './whole-copy.tsx'

/** What a person may ask of who keeps their data, and the end of the visit. */
export function Rights({ onLeft, ...portal }: Portal & { onLeft(): void }) {
  const t = useTexts('portal')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { page, described } = portal
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{t('rights.title')}</h2>
      <Refused refusal={refusal} />
      {!page.known && <p>{t('rights.later')}</p>}
      {page.known && (
        <>
          <ActionButton label={t('rights.copy')} act={readCopy} done={saveCopy} refused={setRefusal} />
          <WholeCopy {...portal} />
          {(page.everything?.hindered || page.asked.access) && <Asking {...portal} kind="access" />}
          <Asking {...portal} kind="erasure" />
        </>
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

/** A request to people: what it says word for word, what becomes of it, and then that it was made. */
function Asking({ kind, page, described, agreed, again }: Portal & { kind: 'access' | 'erasure' }) {
  const t = useTexts('portal')
  const [open, setOpen] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { brand } = described
  if (page.asked[kind]) return <p>{t(`rights.${kind}-asked`, { brand })}</p>
  if (!open)
    return (
      <button type="button" onClick={() => setOpen(true)}>
        {t(`rights.${kind}`)}
      </button>
    )
  const ask = kind === 'access' ? askAccess : askErasure
  return (
    <div className="card asked">
      <p>{described.statements[kind].text}</p>
      <p className="hint">{t(`rights.${kind}-what`, { brand })}</p>
      <Refused refusal={refusal} />
      <div className="row">
        <ActionButton
          label={t('rights.do')}
          main
          act={() => ask(agreed(kind))}
          done={() => {
            setOpen(false)
            void again(t('rights.done'))
          }}
          refused={setRefusal}
        />
        <button type="button" onClick={() => setOpen(false)}>
          {t('rights.not')}
        </button>
      </div>
    </div>
  )
}

const saveCopy = (copy: object) =>
  saveFile(new Blob([JSON.stringify(copy, null, 2)], { type: 'application/json' }), 'connections.json')
