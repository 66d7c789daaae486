import { Button } from '@mantine/core'
import { IconLayoutColumns } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTopics } from '../listening/post-facts.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Place } from '../ui/place.tsx'
import { mentionsColumn, topicColumn, useQueues } from './new-columns.ts'

const TOPICS_MAX = 2
const QUEUES = ['waiting', 'nobody']

/** Nobody made columns yet: it begins with what there is to see here, and is changed from there. */
export function FirstLayoutScreen() {
  const t = useTexts('columns')
  const api = useApi()
  const { slug } = useWorkspace()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const mayReadInbox = useMay('inbox.read')
  const topics = useTopics()
  const queues = useQueues().filter(({ value }) => mayReadInbox && QUEUES.includes(value))
  const create = useMutation(
    api.columns.layouts.create.mutationOptions({
      onSuccess: ({ layoutId }) => {
        void queries.invalidateQueries({ queryKey: api.columns.layouts.list.key() })
        void navigate({ to: '/w/$slug/columns/$layoutId', params: { slug, layoutId }, replace: true })
      },
    }),
  )
  const brands = [...topics.values()].toSorted(
    (one, other) => Number(other.kind === 'brand') - Number(one.kind === 'brand'),
  )
  const begin = () =>
    create.mutate({
      name: t('first.name'),
      columns: [
        mentionsColumn,
        ...queues.flatMap(({ column }) => column ?? []),
        ...brands.slice(0, TOPICS_MAX).map(({ topicId }) => topicColumn(topicId)),
      ],
    })
  return (
    <Place title={t('title')} fills>
      <Empty
        icon={IconLayoutColumns}
        title={t('first.title')}
        action={
          <Button variant="filled" loading={create.isPending} onClick={begin}>
            {t('first.begin')}
          </Button>
        }
      >
        {t('first.how')}
      </Empty>
    </Place>
  )
}
