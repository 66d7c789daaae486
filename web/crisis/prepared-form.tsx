import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { Form } from '../ui/form.tsx'
import { useSaved } from './saved.ts'

interface PreparedFormProps {
  nameLabel: string
  name: string
  onName(name: string): void
  save(): Promise<unknown>
  /** Null: it is new. */
  removal: { label: string; remove(): Promise<unknown> } | null
  onDone(): void
  children: ReactNode
}

/** What is written in calm for the day when it is needed: it has a name, is changed and removed. */
export function PreparedForm({ nameLabel, name, onName, save, removal, onDone, children }: PreparedFormProps) {
  const t = useTexts('crisis')
  const saved = useSaved(onDone)
  const change = useMutation({ ...saved, mutationFn: save })
  const remove = useMutation({ ...saved, mutationFn: async () => removal?.remove() })
  return (
    <Form
      submit={t('save')}
      busy={change.isPending}
      error={change.error ?? remove.error}
      onSubmit={() => change.mutate()}
      beside={
        removal && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {removal.label}
          </Button>
        )
      }
    >
      <TextInput
        label={nameLabel}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      {children}
    </Form>
  )
}
