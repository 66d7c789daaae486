import { Anchor, Button, Menu, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { showDone, showUndo } from '../platform/undo.tsx'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import { Form, FormSection } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { SourceLedgerSections } from './ledger/source-ledger.tsx'
import styles from './listening.module.css'
import { KeepsChoice } from './new-feed.tsx'
import { RenewCredentials } from './renew-credentials.tsx'
import type { Source } from './shapes.ts'
import { FailureText, HeardAndKept, SourceStateTag } from './source-health.tsx'

/** While a poll that somebody asked for is on its way. */
const REFRESH_MS = 5_000

export function SourceScreen() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayManage = useMay('sources.manage')
  const { sourceId } = useParams({ from: '/w/$slug/listening/sources/$sourceId' })
  const options = useApi().listening.sources.get.queryOptions({ input: { sourceId } })
  const source = useSuspenseQuery({ ...options, refetchInterval: REFRESH_MS }).data
  const back = () => void navigate({ to: '/w/$slug/listening/sources', params: { slug } })
  return (
    <Place
      title={source.name}
      beside={<SourceStateTag source={source} />}
      onBack={back}
      action={mayManage && <SourceActions source={source} onRemoved={back} />}
    >
      <FormSection title={t('sources.health')} why={t('sources.healthWhy')}>
        <SourceFacts source={source} />
      </FormSection>
      <SourceLedgerSections sourceId={source.sourceId} />
      {mayManage && (
        <FormSection title={t('sources.settings')}>
          <SourceSettings key={source.sourceId} source={source} />
        </FormSection>
      )}
      {mayManage && source.hasCredentials && (
        <FormSection title={t('account.renew')} why={t('account.renewWhy')}>
          <RenewCredentials source={source} />
        </FormSection>
      )}
    </Place>
  )
}

function SourceFacts({ source }: { source: Source }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const mayManage = useMay('sources.manage')
  const address = source.settings.address
  return (
    <div>
      <FailureText source={source} />
      <dl className={styles.factList}>
        {typeof address === 'string' && (
          <>
            <dt>{t('sources.address')}</dt>
            <dd>
              <code>{address}</code>
            </dd>
          </>
        )}
        <dt>{t('sources.lastSuccess')}</dt>
        <dd>{source.lastSuccessAt ? <TimeAgo time={source.lastSuccessAt} /> : t('sources.never')}</dd>
        <dt>{t('sources.lastHeard')}</dt>
        <dd>{source.lastHeardAt ? <TimeAgo time={source.lastHeardAt} /> : t('sources.never')}</dd>
        {source.dueAt && (
          <>
            <dt>{t('sources.due')}</dt>
            <dd>
              <TimeAgo time={source.dueAt} />
            </dd>
          </>
        )}
        <dt>{t('sources.counts')}</dt>
        <dd>
          <HeardAndKept source={source} />
        </dd>
        <dt>{t('sources.since')}</dt>
        <dd>{formats.date(source.createdAt)}</dd>
      </dl>
      {mayManage && (
        <Anchor
          size="xs"
          renderRoot={(props) => (
            <Link
              to="/w/$slug/listening/quarantine"
              params={{ slug }}
              search={{ source: source.sourceId }}
              {...props}
            />
          )}
        >
          {t('quarantine.ofSource')}
        </Anchor>
      )}
    </div>
  )
}

function SourceSettings({ source }: { source: Source }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const [name, setName] = useState(source.name)
  const [keeps, setKeeps] = useState(source.keeps)
  const update = useMutation(
    api.listening.sources.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('sources.saved'))
        await queries.invalidateQueries({ queryKey: api.listening.sources.key() })
      },
    }),
  )
  return (
    <Form
      submit={t('sources.save')}
      busy={update.isPending}
      error={update.error}
      onSubmit={() => update.mutate({ sourceId: source.sourceId, name, keeps })}
    >
      <TextInput
        label={t('sources.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
      />
      <KeepsChoice value={keeps} onChange={setKeeps} />
    </Form>
  )
}

function SourceActions({ source, onRemoved }: { source: Source; onRemoved(): void }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const path = { sourceId: source.sourceId }
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.sources.key() }) }
  const pause = useMutation(api.listening.sources.pause.mutationOptions(refresh))
  const resume = useMutation(api.listening.sources.resume.mutationOptions(refresh))
  const poll = useMutation(
    api.listening.sources.pollNow.mutationOptions({
      onSuccess: () => {
        showDone(t('sources.polling'))
        return refresh.onSuccess()
      },
    }),
  )
  const remove = useMutation(api.listening.sources.remove.mutationOptions({ meta: { shownInPlace: true } }))
  const stop = async () => {
    await pause.mutateAsync(path)
    showUndo({
      message: t('sources.paused', { name: source.name }),
      undoLabel: t('undo'),
      undo: () => resume.mutate(path),
    })
  }
  return (
    <>
      <div className={styles.buttons}>
        {source.hears === 'poll' && source.state !== 'paused' && (
          <Button loading={poll.isPending} onClick={() => poll.mutate(path)}>
            {t('sources.pollNow')}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={<IconDots size={14} aria-hidden />}>{t('more')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {source.state === 'paused' ? (
              <Menu.Item onClick={() => resume.mutate(path)}>{t('sources.resume')}</Menu.Item>
            ) : (
              <Menu.Item onClick={() => void stop()}>{t('sources.pause')}</Menu.Item>
            )}
            <Menu.Item color="red" onClick={() => setRemoving(true)}>
              {t('sources.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <ConfirmByName
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('sources.remove')}
        name={source.name}
        action={t('sources.remove')}
        onConfirm={async () => {
          await remove.mutateAsync(path)
          onRemoved()
          queries.removeQueries({ queryKey: api.listening.sources.get.key({ input: path }) })
          await queries.invalidateQueries({ queryKey: api.listening.sources.list.key() })
        }}
      >
        {t('sources.removeWhat')}
      </ConfirmByName>
    </>
  )
}
