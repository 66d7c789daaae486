import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

interface TopicSelectProps {
  /** Said where none is chosen. */
  none: string
  value: string | null
  onChange(topicId: string | null): void
}

export function TopicSelect({ none, value, onChange }: TopicSelectProps) {
  const t = useTexts('crisis')
  const topics = useQuery(useApi().listening.topics.list.queryOptions({ input: {} })).data?.items ?? []
  return (
    <Select
      label={t('declare.topic')}
      placeholder={none}
      data={topics.map((topic) => ({ value: topic.topicId, label: topic.name }))}
      value={value}
      onChange={onChange}
      clearable
      searchable
    />
  )
}
