import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { orderCopy, takeCopy } from './calls.ts'
import { saveFile } from './save-file.ts'
import type { Portal } from './shapes.ts'

/** Everything that is stored, made while one waits; or why people have to be asked for it. */
export function WholeCopy({ page: { everything }, described: { brand }, again }: Portal) {
  const t = useTexts('portal')
  const language = useLanguage()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  if (!everything) return null
  const { hindered, copy } = everything
  if (hindered) return <p className="hint">{t(`whole.${hindered}`, { brand })}</p>
  return (
    <div className="card asked">
      <Refused refusal={refusal} />
      {copy?.state === 'done' ? (
        <>
          <p>{t('whole.done')}</p>
          <ActionButton
            main
            label={t('whole.take')}
            act={takeCopy}
            done={(file) => saveFile(file, 'data.zip')}
            refused={setRefusal}
          />
        </>
      ) : copy && copy.state !== 'failed' ? (
        <p role="status">{t('whole.making')}</p>
      ) : (
        <>
          <p>{t(copy ? 'whole.failed' : 'whole.what', { brand })}</p>
          <ActionButton
            label={t('whole.make')}
            act={() => orderCopy(language)}
            done={() => void again(t('whole.making'))}
            refused={setRefusal}
          />
        </>
      )}
    </div>
  )
}
