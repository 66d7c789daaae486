import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Profile } from '../shapes.ts'
import styles from './person.module.css'

const SUGGESTED_MAX = 12

/** Words that colleagues put on a person, and the segments in which they are now. */
export function PersonTags({ profile }: { profile: Profile }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const mayTag = useMay('people.link')
  const change = useTagging(profile)
  const remove = (tag: string) => {
    change({ remove: [tag] })
    showUndo({ message: t('tags.removed', { tag }), undoLabel: t('undo'), undo: () => change({ add: [tag] }) })
  }
  return (
    <div className={styles.tags}>
      {profile.tags.map((tag) => (
        <Tag key={tag} {...(mayTag ? { onRemove: () => remove(tag) } : {})}>
          {tag}
        </Tag>
      ))}
      {profile.segments.map(({ segmentId, name }) => (
        <Link
          key={segmentId}
          to="/w/$slug/people/segments"
          params={{ slug }}
          search={{ segment: segmentId }}
          className={styles.segment}
        >
          <span className="unseen">{t('segments.one')}</span>
          <Tag tone="accent">{name}</Tag>
        </Link>
      ))}
      {mayTag && <AddTag profile={profile} onAdd={(tag) => change({ add: [tag] })} />}
    </div>
  )
}

function useTagging({ personId }: Profile) {
  const api = useApi()
  const queries = useQueryClient()
  const { mutate } = useMutation(
    api.people.profile.tag.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.profile.key() }),
    }),
  )
  return (changed: { add?: string[]; remove?: string[] }) => mutate({ personId, ...changed })
}

function AddTag({ profile, onAdd }: { profile: Profile; onAdd(tag: string): void }) {
  const t = useTexts('people')
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const { data } = useQuery({ ...useApi().people.segments.words.queryOptions({ input: {} }), enabled: opened })
  const suggested = (data?.tags ?? [])
    .filter((tag) => !profile.tags.includes(tag) && tag.toLowerCase().includes(typed.trim().toLowerCase()))
    .slice(0, SUGGESTED_MAX)
  const add = (tag: string) => {
    onAdd(tag)
    setTyped('')
    setOpened(false)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) add(typed.trim())
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={260} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={t('tags.add')} onClick={() => setOpened((before) => !before)}>
          <IconPlus size={14} stroke={1.8} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={send}>
          <TextInput
            label={t('tags.add')}
            value={typed}
            maxLength={40}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
            autoComplete="off"
          />
          <div className={styles.suggested}>
            {suggested.map((tag) => (
              <Button key={tag} size="compact-xs" onClick={() => add(tag)}>
                {tag}
              </Button>
            ))}
          </div>
          <Button type="submit" size="compact-sm" mt={8} disabled={typed.trim() === ''}>
            {t('tags.put')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
