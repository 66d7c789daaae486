import { Button, Group, Modal, Radio, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CLOSE_NOTE_CHARACTERS_MAX, CLOSE_REASONS } from '../../../contract/close-reasons.ts'
import { useTexts } from '../../platform/i18n.ts'
import { type CloseReason, useAsked } from './asking.ts'
import styles from './unanswered.module.css'

const NOTE_CHARACTERS_MIN = 3

/** Why something negative is closed though nobody answered it: the reason stands in the conversation and in the trail. */
export function CloseReasonAsked() {
  const asked = useAsked()
  return asked && <CloseReasonDialog key={asked.count} count={asked.count} onAnswer={asked.answer} />
}

function CloseReasonDialog({ count, onAnswer }: { count: number; onAnswer(reason: CloseReason | null): void }) {
  const t = useTexts('inbox')
  const [code, setCode] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const chosen = CLOSE_REASONS.find((each) => each === code)
  const enough = chosen !== undefined && (chosen !== 'other' || note.trim().length >= NOTE_CHARACTERS_MIN)
  const close = (event: FormEvent) => {
    event.preventDefault()
    if (enough) onAnswer({ code: chosen, note: note.trim() })
  }
  return (
    <Modal
      opened
      onClose={() => onAnswer(null)}
      title={t('unanswered.closeTitle', { count })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form onSubmit={close}>
        <p className={styles.lead}>{t('unanswered.closeWhy', { count })}</p>
        <Radio.Group label={t('unanswered.reason')} value={code} onChange={setCode}>
          <div className={styles.reasons}>
            {CLOSE_REASONS.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={t(`closeReason.${each}`)}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          mt="sm"
          label={t(chosen === 'other' ? 'unanswered.noteNeeded' : 'unanswered.note')}
          value={note}
          maxLength={CLOSE_NOTE_CHARACTERS_MAX}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={() => onAnswer(null)}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!enough}>
            {t('unanswered.close')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
