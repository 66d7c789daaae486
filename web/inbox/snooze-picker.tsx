import { Button, type ComboboxStore, Group, Modal, TextInput } from '@mantine/core'
import { IconCalendar, IconMoon } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Picker } from '../ui/picker.tsx'
import type { Change } from './shapes.ts'
import { snoozeChoices, snoozeUntil } from './snooze-times.ts'
import { whenText } from './when.ts'

interface SnoozePickerProps {
  picker: ComboboxStore
  onSnooze(change: Change): void
  children: ReactNode
}

/** Times in words, each with what it comes to; or a day and hour of one's own. */
export function SnoozePicker({ picker, onSnooze, children }: SnoozePickerProps) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const [choosing, setChoosing] = useState(false)
  const now = new Date()
  const pick = (value: string) => {
    if (value === 'other') return setChoosing(true)
    const choice = snoozeChoices(new Date()).find((each) => each === value)
    if (choice) onSnooze({ change: 'snooze', until: snoozeUntil(choice, new Date()) })
  }
  return (
    <>
      <Picker
        picker={picker}
        label={t('snooze.title')}
        nothing={t('snooze.notFound')}
        onPick={pick}
        groups={[
          {
            options: [
              ...snoozeChoices(now).map((choice) => ({
                value: choice,
                label: t(`snooze.${choice}`),
                hint: whenText(formats, snoozeUntil(choice, now), now),
                icon: <IconMoon size={16} stroke={1.6} aria-hidden />,
              })),
              { value: 'other', label: t('snooze.other'), icon: <IconCalendar size={16} stroke={1.6} aria-hidden /> },
            ],
          },
        ]}
      >
        {children}
      </Picker>
      {choosing && (
        <ChooseTime
          onClose={() => setChoosing(false)}
          onChoose={(until) => {
            setChoosing(false)
            onSnooze({ change: 'snooze', until })
          }}
        />
      )}
    </>
  )
}

function ChooseTime({ onClose, onChoose }: { onClose: () => void; onChoose: (until: Date) => void }) {
  const t = useTexts('inbox')
  const [value, setValue] = useState(() => fieldText(snoozeUntil('tomorrow', new Date())))
  const until = new Date(value)
  const fault = Number.isNaN(until.getTime()) || until <= new Date() ? t('snooze.past') : null
  const choose = (event: FormEvent) => {
    event.preventDefault()
    if (!fault) onChoose(until)
  }
  return (
    <Modal opened onClose={onClose} title={t('snooze.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form onSubmit={choose}>
        <TextInput
          type="datetime-local"
          label={t('snooze.until')}
          value={value}
          min={fieldText(new Date())}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={fault}
          data-autofocus
        />
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" disabled={fault !== null}>
            {t('snooze.do')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** As the field wants it: local time without a zone. */
function fieldText(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
