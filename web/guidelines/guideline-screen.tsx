import { Button, Modal, Select } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../accounts/button-link.tsx'
import { useFormats } from '../platform/formats.ts'
import { type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Place } from '../ui/place.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { AudienceForm } from './audience-form.tsx'
import { Difference } from './difference.tsx'
import styles from './guidelines.module.css'
import { LanguageTabs } from './language-tabs.tsx'
import { MarkdownText } from './markdown.tsx'
import { Retire } from './retire.tsx'
import { chosenLanguage } from './titles.ts'

export function GuidelineScreen() {
  const t = useTexts('guidelines')
  const { slug, guidelineId } = useParams({ from: '/w/$slug/programme/guidelines/$guidelineId' })
  const navigate = useNavigate()
  const api = useApi()
  const reader = useLanguage()
  const mayManage = useMay('guidelines.manage')
  const input = { guidelineId }
  const guideline = useSuspenseQuery(api.guidelines.documents.get.queryOptions({ input })).data
  const held = guideline.holds ?? guideline.versions[0]?.version ?? 1
  const [shown, setShown] = useState(held)
  const [wished, setWished] = useState<Language>(reader)
  const [dialog, setDialog] = useState<'audience' | 'retire' | null>(null)
  const version = guideline.versions.find((one) => one.version === shown) ?? guideline.versions[0]
  if (!version) return null
  const language = chosenLanguage(version.texts, wished)
  const text = version.texts[language]
  const title = text?.title ?? ''
  const edit = (
    <ButtonLink to="/w/$slug/programme/guidelines/$guidelineId/edit" params={{ slug, guidelineId }}>
      {t('newVersion')}
    </ButtonLink>
  )
  return (
    <Place
      title={title}
      onBack={() => void navigate({ to: '/w/$slug/programme/guidelines', params: { slug } })}
      action={mayManage && !guideline.retiredAt ? edit : null}
    >
      <div className={styles.column}>
        <div className={styles.actions}>
          <VersionChoice
            versions={guideline.versions}
            holds={guideline.holds}
            value={version.version}
            onChange={setShown}
          />
          <LanguageTabs value={language} among={Object.keys(version.texts) as Language[]} onChange={setWished} />
        </div>
        <MarkdownText text={text?.text ?? ''} language={language} />
        {version.version === held && !guideline.retiredAt && (
          <Acknowledge guidelineId={guidelineId} version={version} language={language} />
        )}
        <Difference versions={guideline.versions} to={version.version} language={language} />
        {mayManage && !guideline.retiredAt && (
          <div className={styles.actions}>
            <Button onClick={() => setDialog('audience')}>{t('audience.title')}</Button>
            <Button color="red" variant="subtle" onClick={() => setDialog('retire')}>
              {t('retire')}
            </Button>
          </div>
        )}
      </div>
      <Modal
        opened={dialog === 'audience'}
        onClose={() => setDialog(null)}
        title={t('audience.title')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <AudienceForm guidelineId={guidelineId} audience={guideline.audience} onDone={() => setDialog(null)} />
      </Modal>
      {dialog === 'retire' && (
        <Retire
          title={title}
          what={t('retireWhat')}
          retire={() => api.guidelines.documents.retire.call({ guidelineId })}
          onClose={() => setDialog(null)}
        />
      )}
    </Place>
  )
}

type Versions = Awaited<ReturnType<ReturnType<typeof useApi>['guidelines']['documents']['get']['call']>>['versions']

interface VersionChoiceProps {
  versions: Versions
  holds: number | null
  value: number
  onChange(version: number): void
}

function VersionChoice({ versions, holds, value, onChange }: VersionChoiceProps) {
  const t = useTexts('guidelines')
  const formats = useFormats()
  const labelOf = ({ version, validFrom }: Versions[number]) => {
    const date = formats.date(validFrom)
    if (version === holds) return t('versionHolds', { version, date })
    return t(version > (holds ?? 0) ? 'holdsFrom' : 'versionBefore', { version, date })
  }
  return (
    <Select
      size="xs"
      w={260}
      aria-label={t('version')}
      data={versions.map((one) => ({ value: String(one.version), label: labelOf(one) }))}
      value={String(value)}
      allowDeselect={false}
      onChange={(next) => next && onChange(Number(next))}
    />
  )
}

interface AcknowledgeProps {
  guidelineId: string
  version: Versions[number]
  language: Language
}

function Acknowledge({ guidelineId, version, language }: AcknowledgeProps) {
  const t = useTexts('guidelines')
  const api = useApi()
  const queries = useQueryClient()
  const acknowledge = useMutation(
    api.guidelines.documents.acknowledge.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.guidelines.key() })
        void queries.invalidateQueries({ queryKey: api.accounts.staffing.mine.key() })
        showDone(t('acknowledged'))
      },
    }),
  )
  if (version.acknowledgedAt)
    return (
      <p className={styles.quiet}>
        {t('youAcknowledged')} <TimeAgo time={version.acknowledgedAt} />
      </p>
    )
  return (
    <div className={styles.actions}>
      <Button
        variant="filled"
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate({ guidelineId, version: version.version, language })}
      >
        {t('acknowledge')}
      </Button>
      <span className={styles.quiet}>{t('acknowledgeWhy')}</span>
    </div>
  )
}
