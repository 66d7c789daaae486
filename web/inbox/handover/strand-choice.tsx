import { SegmentedControl, TextInput } from '@mantine/core'
import { IconLock, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import composer from '../composer.module.css'
import type { ComposerProps } from '../composer-props.ts'
import styles from './handover.module.css'

type Props = Pick<ComposerProps, 'opened' | 'draft'> & { onChosen(): void }

/** In public or to the customer alone: chosen where both are possible, said where one is private. */
export function StrandChoice({ opened, draft, onChosen }: Props) {
  const { answer, privateAnswer } = opened
  const { strand, begin } = draft
  if (begin) return <Beginning draft={draft} />
  if (answer && privateAnswer)
    return (
      <>
        <Choice opened={opened} draft={draft} onChosen={onChosen} />
        {strand === 'private' && <PrivateNotes opened={opened} />}
      </>
    )
  return strand === 'private' && privateAnswer ? <PrivateNotes opened={opened} /> : null
}

function Choice({ opened: { answer, privateAnswer }, draft, onChosen }: Props) {
  const t = useTexts('inbox')
  const networkName = useNetworkName()
  const option = (value: 'public' | 'private', network: string) => ({
    value,
    label: (
      <span className={styles.option}>
        {value === 'private' ? <IconLock size={13} aria-hidden /> : <IconWorld size={13} aria-hidden />}
        {t(`handover.strand.${value}`, { network: networkName(network) })}
      </span>
    ),
  })
  return (
    <SegmentedControl
      size="xs"
      className={styles.choice}
      aria-label={t('handover.where')}
      data={[option('public', answer?.network ?? ''), option('private', privateAnswer?.network ?? '')]}
      value={draft.strand}
      onChange={(next) => {
        draft.chooseStrand(next === 'private' ? 'private' : 'public')
        onChosen()
      }}
    />
  )
}

/** How long an answer is taken; and that whoever brought the code need not be the customer. */
function PrivateNotes({ opened }: Pick<Props, 'opened'>) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { conversationId } = opened.conversation
  const { data } = useQuery(useApi().inbox.handovers.get.queryOptions({ input: { conversationId } }))
  const until = opened.privateAnswer?.answerableUntil
  const unproven = opened.answer !== null && data?.strands.at(-1)?.foundBy === 'code'
  return (
    <>
      {until && <p className={composer.notice}>{t('handover.until', { time: formats.exact(until) })}</p>}
      {unproven && <p className={composer.notice}>{t('handover.byCode')}</p>}
      {data?.unverified && <p className={composer.notice}>{t('handover.unverified')}</p>}
    </>
  )
}

function Beginning({ draft }: Pick<Props, 'draft'>) {
  const t = useTexts('inbox')
  const { begin } = draft
  if (!begin) return null
  return (
    <div className={styles.begin}>
      <Tag tone="accent" icon={<IconLock size={12} aria-hidden />} onRemove={() => draft.chooseStrand('public')}>
        {t('handover.writesFirst', { account: begin.name })}
      </Tag>
      {begin.kind === 'letters' && (
        <TextInput
          size="xs"
          label={t('handover.subject')}
          value={begin.title}
          maxLength={200}
          onChange={(event) => draft.beginPrivate({ ...begin, title: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
