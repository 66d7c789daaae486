import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import styles from './guidelines.module.css'
import { LanguageTabs } from './language-tabs.tsx'
import { MarkdownText } from './markdown.tsx'
import { unfilledPlaces } from './unfilled.ts'

type Texts = Partial<Record<Language, { title: string; text: string }>>
const EMPTY = { title: '', text: '' }

/** It pushes the button down, and below the fold both would look as if nothing had happened. */
const bringIntoView = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'center' })

/** What is given in a language: title and text, both. */
const given = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, { title, text }]) => title.trim() !== '' && text.trim() !== ''))

export function NewGuidelineScreen() {
  const t = useTexts('guidelines')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const template = useQuery(api.guidelines.documents.template.queryOptions({ input: {} })).data
  const create = useMutation(
    api.guidelines.documents.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ guidelineId }) => {
        await queries.invalidateQueries({ queryKey: api.guidelines.key() })
        await navigate({ to: '/w/$slug/programme/guidelines/$guidelineId', params: { slug, guidelineId } })
      },
    }),
  )
  const audience = { forSpeakers: true, roles: [], roleIds: [] }
  return (
    <Place title={t('new')} onBack={() => void navigate({ to: '/w/$slug/programme/guidelines', params: { slug } })}>
      <GuidelineForm
        texts={{}}
        {...(template ? { template: template.texts } : {})}
        busy={create.isPending}
        error={create.error}
        onSubmit={({ texts, validFrom }) => create.mutate({ texts, ...(validFrom ? { validFrom } : {}), audience })}
      />
    </Place>
  )
}

export function EditGuidelineScreen() {
  const t = useTexts('guidelines')
  const { slug, guidelineId } = useParams({ from: '/w/$slug/programme/guidelines/$guidelineId/edit' })
  const api = useApi()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const input = { guidelineId }
  const [latest] = useSuspenseQuery(api.guidelines.documents.get.queryOptions({ input })).data.versions
  const back = () => void navigate({ to: '/w/$slug/programme/guidelines/$guidelineId', params: { slug, guidelineId } })
  const publish = useMutation(
    api.guidelines.documents.publish.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.guidelines.key() })
        back()
      },
    }),
  )
  if (!latest) return null
  return (
    <Place title={t('newVersion')} onBack={back}>
      <GuidelineForm
        texts={latest.texts}
        again
        busy={publish.isPending}
        error={publish.error}
        onSubmit={({ texts, validFrom, asksAgain }) =>
          publish.mutate({
            guidelineId,
            againstVersion: latest.version,
            texts,
            asksAgain,
            ...(validFrom ? { validFrom } : {}),
          })
        }
      />
    </Place>
  )
}

interface GuidelineFormProps {
  texts: Texts
  template?: Texts
  /** Asks whether those who acknowledged have to again. */
  again?: boolean
  busy: boolean
  error: unknown
  onSubmit(version: { texts: Texts; validFrom: Date | null; asksAgain: boolean }): void
}

function GuidelineForm({ texts: before, template, again = false, busy, error, onSubmit }: GuidelineFormProps) {
  const t = useTexts('guidelines')
  const [language, setLanguage] = useState<Language>(useLanguage())
  const [texts, setTexts] = useState(before)
  const [validFrom, setValidFrom] = useState('')
  const [asksAgain, setAsksAgain] = useState(true)
  const [preview, setPreview] = useState(false)
  const [warned, setWarned] = useState<string | null>(null)
  const { title, text } = texts[language] ?? EMPTY
  const set = (change: Partial<typeof EMPTY>) => setTexts({ ...texts, [language]: { title, text, ...change } })
  const complete = Object.keys(given(texts)).length > 0
  const open = Object.entries(given(texts)).flatMap(([of, { title, text }]) => {
    const places = unfilledPlaces(`${title}\n${text}`)
    return places.length > 0 ? [{ of: of as Language, places: places.join(', ') }] : []
  })
  // Asked once for what is open: other places that are open ask again.
  const isWarned = open.length > 0 && warned === JSON.stringify(open)
  const submit = () => {
    if (open.length > 0 && !isWarned) return setWarned(JSON.stringify(open))
    onSubmit({ texts: given(texts), validFrom: validFrom ? new Date(`${validFrom}T00:00`) : null, asksAgain })
  }
  return (
    <Form
      submit={complete ? t(isWarned ? 'publishAnyway' : 'publish') : null}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <div className={styles.actions}>
        <LanguageTabs value={language} onChange={setLanguage} />
        {template && text === '' && <Button onClick={() => setTexts(template)}>{t('useTemplate')}</Button>}
        <Button variant="subtle" onClick={() => setPreview(!preview)} aria-pressed={preview}>
          {t('preview')}
        </Button>
      </div>
      <TextInput
        label={t('titleField')}
        value={title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={200}
      />
      {preview ? (
        <MarkdownText text={text} language={language} />
      ) : (
        <Textarea
          label={t('text')}
          description={t('textWhy')}
          value={text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          autosize
          minRows={14}
          maxRows={30}
          maxLength={50_000}
        />
      )}
      <TextInput
        type="date"
        label={t('validFrom')}
        description={t('validFromWhy')}
        value={validFrom}
        onChange={(event) => setValidFrom(event.currentTarget.value)}
      />
      {again && (
        <Switch
          label={t('asksAgain')}
          description={t('asksAgainWhy')}
          checked={asksAgain}
          onChange={(event) => setAsksAgain(event.currentTarget.checked)}
        />
      )}
      <div role="status">
        {isWarned && (
          <div ref={bringIntoView} className={styles.unfilled}>
            {t('unfilled')}
            <ul>
              {open.map(({ of, places }) => (
                <li key={of}>
                  {t(`languageName.${of}`)}: <span lang={of}>{places}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Form>
  )
}
