import { ActionIcon, Button, Modal, Tooltip } from '@mantine/core'
import { IconLockShare } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNetworkName } from '../../listening/network-names.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import composer from '../composer.module.css'
import type { ComposerProps } from '../composer-props.ts'
import type { Handovers } from '../shapes.ts'
import styles from './handover.module.css'

type Props = Pick<ComposerProps, 'opened' | 'draft' | 'field'>

/** Stands in the foot of the composer: the case goes on in private, and stays the same conversation. */
export function HandoverButton(props: Props) {
  const t = useTexts('inbox')
  const [shown, setShown] = useState(false)
  if (!props.opened.answer) return null
  return (
    <>
      <Tooltip label={t('handover.title')}>
        <ActionIcon aria-label={t('handover.title')} onClick={() => setShown(true)}>
          <IconLockShare size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {shown && <HandoverDialog {...props} onClose={() => setShown(false)} />}
    </>
  )
}

function HandoverDialog({ opened, draft, field, onClose }: Props & { onClose(): void }) {
  const t = useTexts('inbox')
  const { conversationId } = opened.conversation
  const { data, error, refetch } = useQuery(useApi().inbox.handovers.get.queryOptions({ input: { conversationId } }))
  const done = () => {
    onClose()
    // The dialog gives the focus back to its button first.
    setTimeout(() => field.current?.focus())
  }
  return (
    <Modal opened onClose={onClose} title={t('handover.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p>{t('handover.why')}</p>
      {!data && (error ? <QueryError error={error} onRetry={() => void refetch()} /> : <TextSkeleton lines={3} />)}
      {data?.channels.length === 0 && <p className={composer.notice}>{t('handover.none')}</p>}
      {data && (
        <ul className={styles.channels}>
          {data.channels.map((channel) => (
            <Channel
              key={channel.sourceId}
              channel={channel}
              invitation={data.open.find(({ sourceId }) => sourceId === channel.sourceId)}
              opened={opened}
              draft={draft}
              onDone={done}
            />
          ))}
        </ul>
      )}
    </Modal>
  )
}

interface ChannelProps extends Omit<Props, 'field'> {
  channel: Handovers['channels'][number]
  invitation: Handovers['open'][number] | undefined
  onDone(): void
}

function Channel({ channel, invitation, opened, draft, onDone }: ChannelProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const networkName = useNetworkName()
  const { conversationId } = opened.conversation
  const { sourceId, network, kind, name } = channel
  const refresh = () => queries.invalidateQueries({ queryKey: api.inbox.handovers.key() })
  const prepare = useMutation(
    api.inbox.handovers.prepare.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ text }) => {
        draft.chooseStrand('public')
        draft.change(draft.empty ? text : `${draft.text.trimEnd()}\n\n${text}`)
        onDone()
        await refresh()
      },
    }),
  )
  const end = useMutation(api.inbox.handovers.end.mutationOptions({ meta: { shownInPlace: true }, onSuccess: refresh }))
  const begin = () => {
    const { charactersMax, attachmentsMax } = channel
    draft.beginPrivate({ sourceId, name, network, kind, charactersMax, attachmentsMax, title: '' })
    onDone()
  }
  const error = prepare.error ?? end.error
  return (
    <li className={styles.channel}>
      <span className={styles.name}>
        {t(`handover.by.${kind}`, { network: networkName(network) })}
        <span className={styles.detail}>{name}</span>
        {channel.replyWindowHours !== null && (
          <span className={styles.detail}>{t('handover.window', { count: channel.replyWindowHours })}</span>
        )}
        {invitation && <Invited invitation={invitation} />}
      </span>
      <span className={styles.buttons}>
        {invitation && (
          <Button
            variant="subtle"
            onClick={() => end.mutate({ handoverId: invitation.handoverId })}
            loading={end.isPending}
          >
            {t('handover.end')}
          </Button>
        )}
        {channel.mayBegin && (
          <Button variant="subtle" onClick={begin}>
            {t('handover.begin')}
          </Button>
        )}
        <Button onClick={() => prepare.mutate({ conversationId, sourceId })} loading={prepare.isPending}>
          {t('handover.invite')}
        </Button>
      </span>
      {error && (
        <p className={composer.error} role="alert">
          {textOfFailure(failureOf(error))}
        </p>
      )}
    </li>
  )
}

function Invited({ invitation: { code, address, expiresAt } }: { invitation: Handovers['open'][number] }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  return (
    <span className={styles.detail}>
      {t('handover.invited', { place: address ?? code, code, until: formats.date(expiresAt) })}
    </span>
  )
}
