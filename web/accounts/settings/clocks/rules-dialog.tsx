import { Modal, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../../../platform/i18n.ts'
import { Form } from '../../../ui/form.tsx'
import { instantOf, type NamedRules } from './clock-shapes.ts'
import own from './clocks.module.css'
import { ValidFrom } from './valid-from.tsx'

interface RulesDialogProps<Rules> {
  /** What is changed; null: a new one. */
  named: { name: string } | null
  titleOfNew: string
  rules: Rules
  save: { mutate(changed: NamedRules<Rules>): void; isPending: boolean; error: Error | null }
  /** Why the change may hold from later on; null: it holds at once. */
  whyLater: string | null
  onClose(): void
  /** The fields of the rules. */
  children: ReactNode
}

/** Rules with a name that hold from a time on: of a calendar, of a promise. */
export function RulesDialog<Rules>(props: RulesDialogProps<Rules>) {
  const { named, titleOfNew, rules, save, whyLater, onClose, children } = props
  const t = useTexts('accounts')
  const [name, setName] = useState(named?.name ?? '')
  const [from, setFrom] = useState('')
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={named ? t('edit', { name: named.name }) : titleOfNew}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={own.wide}>
        <Form
          submit={t('save')}
          busy={save.isPending}
          error={save.error}
          onSubmit={() => save.mutate({ name, rules, ...instantOf(from) })}
        >
          <TextInput
            label={t('clocks.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={100}
            data-autofocus
          />
          {children}
          {whyLater && <ValidFrom value={from} onChange={setFrom} why={whyLater} />}
        </Form>
      </div>
    </Modal>
  )
}
