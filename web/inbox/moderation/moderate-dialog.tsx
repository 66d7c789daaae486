import { Button, Group, Modal, Radio, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { MODERATION_NOTE_CHARACTERS_MAX, type ModeratingAction } from '../../../contract/moderation-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './moderation.module.css'
import { REASONS_OF } from './reasons.ts'
import type { ModerationInput } from './shapes.ts'
import { useModeration } from './use-moderation.ts'

const NOTE_CHARACTERS_MIN = 3

interface ModerateDialogProps {
  /** To choose from, where more than one is possible. */
  actions: readonly ModeratingAction[]
  targets: ModerationInput['targets']
  /** How many posts or accounts it is about. */
  count: number
  onClose(done: boolean): void
}

/** Says what will be seen of it, whether it can be taken back, and asks why. */
export function ModerateDialog({ actions, targets, count, onClose }: ModerateDialogProps) {
  const t = useTexts('inbox')
  const { act, isPending } = useModeration()
  const [action, setAction] = useState(actions[0] ?? 'hide')
  const [code, setCode] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const reasons = REASONS_OF[action]
  const reason = reasons.length === 1 ? reasons[0] : reasons.find((each) => each === code)
  const enough = reason !== undefined && (reason !== 'other' || note.trim().length >= NOTE_CHARACTERS_MIN)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (enough && !isPending) onClose(await act({ action, targets, reason, note: note.trim() }))
  }
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      title={actions.length > 1 ? t('moderation.several', { count }) : t(`moderation.do.${action}`)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        {actions.length > 1 && (
          <Radio.Group
            label={t('moderation.what')}
            value={action}
            onChange={(value) => setAction(actions.find((each) => each === value) ?? action)}
          >
            <div className={styles.choices}>
              {actions.map((each) => (
                <Radio key={each} value={each} label={t(`moderation.do.${each}`)} />
              ))}
            </div>
          </Radio.Group>
        )}
        <p className={styles.lead}>{t(`moderation.means.${action}`)}</p>
        {reasons.length > 1 && (
          <Radio.Group label={t('moderation.why')} value={code} onChange={setCode}>
            <div className={styles.choices}>
              {reasons.map((each) => (
                <Radio key={each} value={each} label={t(`moderation.reason.${each}`)} />
              ))}
            </div>
          </Radio.Group>
        )}
        <Textarea
          mt="sm"
          label={t(action === 'report' ? 'moderation.noteToNetwork' : 'moderation.note')}
          {...(reason === 'other' ? { description: t('moderation.noteNeeded') } : {})}
          value={note}
          maxLength={MODERATION_NOTE_CHARACTERS_MAX}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={() => onClose(false)}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!enough} loading={isPending}>
            {t(`moderation.do.${action}`)}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
