import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import styles from './listening.module.css'
import { CheckRefusal, SourceRefusal, useAddSource } from './use-add-source.tsx'

type Keeps = 'matches' | 'everything'

/** The address of a page is enough: the feed behind it is looked for, shown, and added only then. */
export function NewFeed({ onAdded }: { onAdded(sourceId: string): void }) {
  const t = useTexts('listening')
  const [address, setAddress] = useState('')
  const check = useMutation(useApi().listening.sources.check.mutationOptions({ meta: { shownInPlace: true } }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim()) check.mutate({ network: 'feed', settings: { address: address.trim() } })
  }
  return (
    <form className={styles.sourceForm} onSubmit={submit}>
      <div className={styles.inLine}>
        <TextInput
          label={t('feed.address')}
          description={t('feed.addressWhy')}
          placeholder="https://example.org/blog"
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            check.reset()
          }}
          inputMode="url"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          required
        />
        <Button type="submit" variant={check.data?.ok ? 'default' : 'filled'} loading={check.isPending}>
          {t('feed.look')}
        </Button>
      </div>
      <div role="status">
        <CheckRefusal check={check.data} />
        {check.data?.ok && <FoundFeed found={check.data} onAdded={onAdded} />}
      </div>
      <SourceRefusal error={check.error} />
    </form>
  )
}

interface FoundFeedProps {
  found: { name: string; settings: Record<string, unknown> }
  onAdded(sourceId: string): void
}

function FoundFeed({ found, onAdded }: FoundFeedProps) {
  const t = useTexts('listening')
  const [name, setName] = useState(found.name)
  const [keeps, setKeeps] = useState<Keeps>('matches')
  const add = useAddSource(onAdded)
  return (
    <div className={styles.found}>
      <p>
        {t('feed.found')} <code>{String(found.settings.address ?? '')}</code>
      </p>
      <TextInput
        label={t('sources.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
      />
      <KeepsChoice value={keeps} onChange={setKeeps} />
      <Button
        className={styles.addButton}
        variant="filled"
        loading={add.isPending}
        onClick={() =>
          add.mutate({ network: 'feed', name: name.trim() || found.name, settings: found.settings, keeps })
        }
      >
        {t('sources.addThis')}
      </Button>
      <SourceRefusal error={add.error} />
    </div>
  )
}

export function KeepsChoice({ value, onChange }: { value: Keeps; onChange(keeps: Keeps): void }) {
  const t = useTexts('listening')
  return (
    <Radio.Group label={t('sources.keeps')} value={value} onChange={(keeps) => onChange(keeps as Keeps)}>
      <div className={styles.radios}>
        <Radio value="matches" label={t('sources.keepsMatches')} description={t('sources.keepsMatchesWhy')} />
        <Radio value="everything" label={t('sources.keepsEverything')} description={t('sources.keepsEverythingWhy')} />
      </div>
    </Radio.Group>
  )
}
