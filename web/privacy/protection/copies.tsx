import { Anchor } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { LanguageChoice, type PersonLanguage } from './language-choice.tsx'
import { type ChosenPerson, PersonChoice } from './person-choice.tsx'
import { PersonLink } from './person-link.tsx'
import styles from './protection.module.css'
import type { Archive } from './shapes.ts'

const SHOWN_MAX = 50
const WORKING_POLL_MS = 1_500
const isAtWork = ({ state }: Archive) => state === 'waiting' || state === 'running'
/** While one is being made, the list is asked for again. */
export const copiesAtWorkPoll = {
  refetchInterval: ({ state }: { state: { data?: { items: Archive[] } | undefined } }) =>
    state.data?.items.some(isAtWork) ? WORKING_POLL_MS : (false as const),
}

/** Everything that is held about one person, as a file to hand over. */
export function Copies() {
  const t = useTexts('privacy')
  const list = useQuery({
    ...useApi().privacy.archives.list.queryOptions({ input: { limit: SHOWN_MAX } }),
    ...copiesAtWorkPoll,
  })
  return (
    <>
      <FormSection title={t('protection.copy.new')} why={t('protection.copy.newWhy')}>
        <OrderCopy />
      </FormSection>
      <h2 className={styles.heading}>{t('protection.copy.made')}</h2>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <RowSkeletons rows={3} />}
      {list.data?.items.length === 0 && (
        <Empty icon={IconFileZip} title={t('protection.copy.none')}>
          {t('protection.copy.noneWhy')}
        </Empty>
      )}
      <ul className={styles.list}>
        {list.data?.items.map((archive) => (
          <CopyRow key={archive.archiveId} archive={archive} />
        ))}
      </ul>
    </>
  )
}

function OrderCopy() {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const [language, setLanguage] = useState<PersonLanguage>(i18n.language as PersonLanguage)
  const order = useMutation(
    api.privacy.archives.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        setPerson(null)
        await queries.invalidateQueries({ queryKey: api.privacy.archives.key() })
      },
    }),
  )
  return (
    <Form
      submit={t('protection.copy.order')}
      busy={order.isPending}
      error={order.error}
      onSubmit={() => person && order.mutate({ personId: person.personId, language })}
    >
      <PersonChoice label={t('protection.request.person')} required value={person} onChange={setPerson} />
      <LanguageChoice value={language} onChange={setLanguage} />
    </Form>
  )
}

export function CopyRow({ archive }: { archive: Archive }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const { workspaceId } = useWorkspace()
  const { archiveId, state, bytes, downloads, steps, stepsExpected } = archive
  return (
    <li className={styles.row}>
      <span className={styles.open}>
        <PersonLink person={archive.person} />
        <span className={styles.quiet}>
          {formats.date(archive.createdAt)}
          {state === 'done' && `, ${t('protection.copy.until', { date: formats.date(archive.expiresAt) })}`}
          {downloads > 0 && `, ${t('protection.copy.downloads', { count: downloads })}`}
        </span>
      </span>
      {state === 'done' ? (
        <Anchor href={`/files/access/${archiveId}.zip?workspace=${workspaceId}`} download>
          {t('protection.copy.download', { size: formats.bytes(Number(bytes)) })}
        </Anchor>
      ) : isAtWork(archive) ? (
        <progress aria-label={t('protection.copy.atWork')} value={steps} max={Math.max(1, stepsExpected)} />
      ) : (
        <Tag tone={state === 'failed' ? 'urgent' : 'neutral'}>{t(`protection.copy.state.${state}`)}</Tag>
      )}
    </li>
  )
}
