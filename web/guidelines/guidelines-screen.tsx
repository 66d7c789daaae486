import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../accounts/button-link.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { GateForm } from './gate-form.tsx'
import styles from './guidelines.module.css'
import { ProgrammePlace } from './programme-place.tsx'
import { StandingTag } from './standing-tag.tsx'
import { useTitleOf } from './titles.ts'

/** What I have to do, what there is to read and to learn; for leads also who is kept from speaking without it. */
export function GuidelinesScreen() {
  const t = useTexts('guidelines')
  const api = useApi()
  const { slug } = useWorkspace()
  const mayManage = useMay('guidelines.manage')
  const mine = useSuspenseQuery(api.guidelines.mine.queryOptions({ input: {} })).data
  const documents = useSuspenseQuery(api.guidelines.documents.list.queryOptions({ input: {} })).data.items
  const trainings = useSuspenseQuery(api.guidelines.trainings.list.queryOptions({ input: {} })).data.items
  const add = (
    <ButtonLink variant="filled" to="/w/$slug/programme/guidelines/new" params={{ slug }}>
      {t('new')}
    </ButtonLink>
  )
  return (
    <ProgrammePlace title={t('title')} action={mayManage ? add : null}>
      {documents.length === 0 && trainings.length === 0 ? (
        <Empty icon={IconFileText} title={t('empty')} action={mayManage ? add : null}>
          {t('emptyWhy')}
        </Empty>
      ) : null}
      <div className={styles.column}>
        {mine.asleep && (
          <p className={styles.asleep} role="status">
            {t('asleep')}
          </p>
        )}
        {mine.items.length > 0 && <Mine items={mine.items} />}
        {documents.length > 0 && <Documents documents={documents} />}
        {(trainings.length > 0 || mayManage) && <Trainings trainings={trainings} mayManage={mayManage} />}
        {mayManage && <GateForm />}
      </div>
    </ProgrammePlace>
  )
}

type Api = ReturnType<typeof useApi>['guidelines']
type MineItem = Awaited<ReturnType<Api['mine']['call']>>['items'][number]
type Document = Awaited<ReturnType<Api['documents']['list']['call']>>['items'][number]
type Training = Awaited<ReturnType<Api['trainings']['list']['call']>>['items'][number]

function Mine({ items }: { items: MineItem[] }) {
  const t = useTexts('guidelines')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const titleOf = useTitleOf()
  return (
    <section>
      <h2>{t('mine')}</h2>
      <ul className={styles.rows}>
        {items.map(({ kind, aboutId, titles, standing, dueAt }) => (
          <li key={aboutId} className={styles.row}>
            <span className={styles.name}>
              {kind === 'guideline' ? (
                <Link to="/w/$slug/programme/guidelines/$guidelineId" params={{ slug, guidelineId: aboutId }}>
                  {titleOf(titles)}
                </Link>
              ) : (
                <Link to="/w/$slug/programme/trainings/$trainingId" params={{ slug, trainingId: aboutId }}>
                  {titleOf(titles)}
                </Link>
              )}
            </span>
            {dueAt && <span className={styles.quiet}>{t(`due.${standing}`, { date: formats.date(dueAt) })}</span>}
            <StandingTag standing={standing} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Documents({ documents }: { documents: Document[] }) {
  const t = useTexts('guidelines')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const titleOf = useTitleOf()
  return (
    <section>
      <h2>{t('documents')}</h2>
      <ul className={styles.rows}>
        {documents.map(({ guidelineId, titles, holds, next }) => (
          <li key={guidelineId} className={styles.row}>
            <span className={styles.name}>
              <Link to="/w/$slug/programme/guidelines/$guidelineId" params={{ slug, guidelineId }}>
                {titleOf(titles)}
              </Link>
            </span>
            <span className={styles.quiet}>
              {holds && t('holdsSince', { version: holds.version, date: formats.date(holds.validFrom) })}
              {holds && next && ' · '}
              {next && t('holdsFrom', { version: next.version, date: formats.date(next.validFrom) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Trainings({ trainings, mayManage }: { trainings: Training[]; mayManage: boolean }) {
  const t = useTexts('guidelines')
  const { slug } = useWorkspace()
  const titleOf = useTitleOf()
  return (
    <section>
      <h2>{t('trainings')}</h2>
      {trainings.length === 0 && <p className={styles.quiet}>{t('trainingsWhy')}</p>}
      <ul className={styles.rows}>
        {trainings.map(({ trainingId, titles }) => (
          <li key={trainingId} className={styles.row}>
            <span className={styles.name}>
              <Link to="/w/$slug/programme/trainings/$trainingId" params={{ slug, trainingId }}>
                {titleOf(titles)}
              </Link>
            </span>
          </li>
        ))}
      </ul>
      {mayManage && <NewTraining />}
    </section>
  )
}

/** A training begins as the template, in all languages at once; whoever makes it changes it afterwards. */
function NewTraining() {
  const t = useTexts('guidelines')
  const api = useApi()
  const { slug } = useWorkspace()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: async () => api.guidelines.trainings.create.call(await api.guidelines.trainings.template.call({})),
    onSuccess: async ({ trainingId }: { trainingId: string }) => {
      await queries.invalidateQueries({ queryKey: api.guidelines.key() })
      await navigate({ to: '/w/$slug/programme/trainings/$trainingId/edit', params: { slug, trainingId } })
    },
  })
  return (
    <Button loading={create.isPending} onClick={() => create.mutate()}>
      {t('newTraining')}
    </Button>
  )
}
