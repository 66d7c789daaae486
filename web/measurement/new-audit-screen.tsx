import { Checkbox, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import { type ChosenFile, FileChoice } from './file-choice.tsx'
import styles from './measurement.module.css'
import { type ChosenPosts, periodOf, StoredChoice } from './stored-choice.tsx'

const COMPETITORS_MAX = 11
const HANDLES_MAX = 20

/** What is measured, over which posts, and against whom. */
export function NewAuditScreen() {
  const t = useTexts('measurement')
  const api = useApi()
  const { slug } = useWorkspace()
  const formats = useFormats()
  const navigate = useNavigate()
  const mayUpload = useMay('imports.run')
  const [kind, setKind] = useState<'file' | 'stored'>(mayUpload ? 'file' : 'stored')
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [posts, setPosts] = useState<ChosenPosts>({ topicId: null, from: '', until: '' })
  const [brand, setBrand] = useState('')
  const [competitors, setCompetitors] = useState<string[]>([])
  const [own, setOwn] = useState<string[]>([])
  const [timeZone, setTimeZone] = useState(formats.timeZone)
  const [anonymous, setAnonymous] = useState(false)
  const [missing, setMissing] = useState<'brand' | 'file' | null>(null)
  const start = useMutation(
    api.measurement.audits.start.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ auditId }) => navigate({ to: '/w/$slug/measure/audits/$auditId', params: { slug, auditId } }),
    }),
  )
  const back = () => void navigate({ to: '/w/$slug/measure/audits', params: { slug } })
  const submit = () => {
    const lacking = brand.trim() === '' ? 'brand' : kind === 'file' && !file ? 'file' : null
    setMissing(lacking)
    if (lacking) return
    start.mutate({
      brand: brand.trim(),
      competitors,
      own,
      timeZone,
      anonymous,
      source:
        kind === 'file' && file
          ? { kind, importId: file.importId, ...(file.mapping ? { mapping: file.mapping } : {}) }
          : { kind: 'stored', ...periodOf(posts, timeZone) },
    })
  }
  return (
    <Place title={t('new.title')} onBack={back}>
      <p className={styles.lead}>{t('new.why')}</p>
      <Form submit={t('new.start')} busy={start.isPending} error={start.error} onSubmit={submit}>
        <TextInput
          label={t('new.brand')}
          description={t('new.brandWhy')}
          name="brand"
          required
          maxLength={100}
          value={brand}
          error={missing === 'brand' && t('new.brandMissing')}
          onChange={(event) => setBrand(event.currentTarget.value)}
        />
        <TagsInput
          label={t('new.competitors')}
          description={t('new.competitorsWhy')}
          value={competitors}
          maxTags={COMPETITORS_MAX}
          onChange={setCompetitors}
          clearButtonProps={{ 'aria-label': t('new.clear') }}
        />
        <SegmentedControl
          aria-label={t('new.over')}
          value={kind}
          onChange={setKind}
          data={[
            { value: 'file', label: t('new.file'), disabled: !mayUpload },
            { value: 'stored', label: t('storedPosts') },
          ]}
        />
        {kind === 'file' ? (
          <FileChoice file={file} onChange={setFile} missing={missing === 'file'} />
        ) : (
          <StoredChoice posts={posts} onChange={setPosts} />
        )}
        <TagsInput
          label={t('new.own')}
          description={t('new.ownWhy')}
          value={own}
          maxTags={HANDLES_MAX}
          onChange={setOwn}
          clearButtonProps={{ 'aria-label': t('new.clear') }}
        />
        <Select
          label={t('new.timeZone')}
          data={[...new Set([formats.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
          value={timeZone}
          onChange={(chosen) => chosen && setTimeZone(chosen)}
          searchable
          allowDeselect={false}
        />
        <Checkbox
          label={t('new.anonymous')}
          description={t('new.anonymousWhy')}
          checked={anonymous}
          onChange={(event) => setAnonymous(event.currentTarget.checked)}
        />
      </Form>
    </Place>
  )
}
