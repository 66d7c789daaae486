import { Button, Group, Modal, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { FindingList } from './finding-list.tsx'
import type { PolicyFinding } from './judgement.ts'
import styles from './policy.module.css'
import type { Stopped } from './stopped.ts'

/** What goes with the question to somebody else. */
export interface Asking {
  note: string
  askedMemberId: string | null
}

interface PolicyDialogProps {
  /** Null: nobody was stopped, somebody asks of their own accord. */
  stopped: Stopped | null
  text: string
  busy: boolean
  reported: ReadonlySet<string>
  onFalseAlarm(finding: PolicyFinding): void
  onConfirm(): void
  onAsk(asking: Asking): Promise<void>
  onClose(): void
}

/** Nothing was sent: what was found, and what one can do now. */
export function PolicyDialog({
  stopped,
  text,
  busy,
  reported,
  onFalseAlarm,
  onConfirm,
  onAsk,
  onClose,
}: PolicyDialogProps) {
  const t = useTexts('publishing')
  const [note, setNote] = useState('')
  const [askedMemberId, setAskedMemberId] = useState<string | null>(null)
  const code = stopped?.code ?? 'policy-four-eyes'
  const [asks, setAsks] = useState(code === 'policy-four-eyes')
  const findings = stopped?.judgement.findings.filter(({ action }) => action !== 'inform') ?? []
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(stopped ? `policy.stopped.${code}` : 'approval.ask')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles.lead}>{t(stopped ? `policy.stoppedWhy.${code}` : 'approval.askWhy')}</p>
      {stopped?.judgement.always.map((of) => (
        <p key={of}>{t(`policy.because.${of}`)}</p>
      ))}
      <FindingList findings={findings} text={text} onFalseAlarm={onFalseAlarm} reported={reported} />
      {asks && <AskFields note={note} onNote={setNote} askedMemberId={askedMemberId} onAsked={setAskedMemberId} />}
      <Group justify="flex-end" mt="md" gap="sm">
        <Button onClick={onClose}>{t('policy.back')}</Button>
        {code === 'policy-confirm' && !asks && (
          <>
            <Button onClick={() => setAsks(true)}>{t('approval.ask')}</Button>
            <Button variant="filled" onClick={onConfirm} loading={busy} data-autofocus>
              {t('policy.sendAnyway')}
            </Button>
          </>
        )}
        {asks && (
          <Button variant="filled" loading={busy} onClick={() => void onAsk({ note, askedMemberId })}>
            {t('approval.askDo')}
          </Button>
        )}
      </Group>
    </Modal>
  )
}

interface AskFieldsProps {
  note: string
  onNote(note: string): void
  askedMemberId: string | null
  onAsked(memberId: string | null): void
}

function AskFields({ note, onNote, askedMemberId, onAsked }: AskFieldsProps) {
  const t = useTexts('publishing')
  const { data } = useQuery(useApi().accounts.members.list.queryOptions({ input: {} }))
  const members = data?.items.filter(({ state }) => state === 'active') ?? []
  return (
    <div className={styles.fields}>
      <Textarea
        label={t('approval.note')}
        description={t('approval.noteWhy')}
        value={note}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => onNote(event.currentTarget.value)}
        data-autofocus
      />
      <Select
        label={t('approval.whom')}
        description={t('approval.whomWhy')}
        placeholder={t('approval.anybody')}
        data={members.map(({ memberId, name }) => ({ value: memberId, label: name }))}
        value={askedMemberId}
        onChange={onAsked}
        clearable
        searchable
      />
    </div>
  )
}
