import { Modal, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MACRO_PLACEHOLDERS } from '../../../contract/macro-placeholders.ts'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { languageChoices } from '../choices.ts'
import { actionsOf, deedsOf, type MacroDeeds } from './macro-actions.ts'
import { MacroVariants, type Variants } from './macro-variants.tsx'

const HOURS_MAX = 24 * 90

type List = ReturnType<typeof useApi>['inbox']['macros']['list']
export type Macro = Awaited<ReturnType<List['call']>>['items'][number]

export function MacroDialog({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const [name, setName] = useState(macro?.name ?? '')
  const [text, setText] = useState(macro?.text ?? '')
  const [language, setLanguage] = useState<string | null>(macro?.language ?? null)
  const [variants, setVariants] = useState<Variants>(macro?.variants ?? [])
  const [deeds, setDeeds] = useState(() => deedsOf(macro?.actions ?? []))
  const save = useSaveMacro(macro, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      title={macro ? t('edit', { name: macro.name }) : t('macros.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('save')}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate({ name, text, language, variants, actions: actionsOf(deeds) })}
      >
        <TextInput
          label={t('macros.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={100}
          data-autofocus
        />
        <Textarea
          label={t('macros.text')}
          description={t('macros.textWhy', {
            list: MACRO_PLACEHOLDERS.map((each) => `{{${each}}}`).join(', '),
            example: '{{person.first-name|…}}',
          })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={5_000}
          autosize
          minRows={3}
          maxRows={10}
        />
        <Select
          label={t('macros.language')}
          description={t('macros.languageWhy')}
          data={languageChoices(formats, language ? [language] : [])}
          value={language}
          onChange={setLanguage}
          clearable
          searchable
          placeholder={t('macros.anyLanguage')}
        />
        <MacroVariants variants={variants} onChange={setVariants} />
        <Deeds deeds={deeds} onChange={setDeeds} />
      </Form>
    </Modal>
  )
}

function Deeds({ deeds, onChange }: { deeds: MacroDeeds; onChange(deeds: MacroDeeds): void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const tags = useSuspenseQuery(api.inbox.tags.list.queryOptions({ input: {} })).data.items
  const members = useSuspenseQuery(api.accounts.members.list.queryOptions({ input: {} })).data.items
  const teams = useSuspenseQuery(api.accounts.teams.list.queryOptions({ input: {} })).data.items
  const assignees = [
    { group: t('settings.section.teams'), items: teams.map(({ teamId, name }) => entry('team', teamId, name)) },
    {
      group: t('settings.section.members'),
      items: members
        .filter(({ state }) => state === 'active')
        .map(({ memberId, name }) => entry('member', memberId, name)),
    },
  ].filter(({ items }) => items.length > 0)
  return (
    <>
      <MultiSelect
        label={t('macros.tags')}
        data={tags.map(({ tagId, name }) => ({ value: tagId, label: name }))}
        value={deeds.tagIds}
        onChange={(tagIds) => onChange({ ...deeds, tagIds })}
        searchable
      />
      <Select
        label={t('macros.assign')}
        data={assignees}
        value={deeds.assignee || null}
        onChange={(assignee) => onChange({ ...deeds, assignee: assignee ?? '' })}
        clearable
        searchable
        placeholder={t('macros.assignNobody')}
      />
      <Select
        label={t('macros.after')}
        data={(['nothing', 'close', 'snooze'] as const).map((value) => ({ value, label: t(`macros.afters.${value}`) }))}
        value={deeds.after}
        onChange={(after) => onChange({ ...deeds, after: (after ?? 'nothing') as MacroDeeds['after'] })}
        allowDeselect={false}
      />
      {deeds.after === 'snooze' && (
        <NumberInput
          label={t('macros.snoozeHours')}
          value={deeds.snoozeHours}
          onChange={(hours) => onChange({ ...deeds, snoozeHours: Number(hours) || 1 })}
          min={1}
          max={HOURS_MAX}
          allowDecimal={false}
        />
      )}
    </>
  )
}

const entry = (kind: 'team' | 'member', id: string, label: string) => ({ value: `${kind}:${id}`, label })

type MacroInput = Pick<Macro, 'name' | 'text' | 'language' | 'variants' | 'actions'>

function useSaveMacro(macro: Macro | null, onDone: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  return useMutation({
    mutationFn: (input: MacroInput) =>
      macro ? api.inbox.macros.update.call({ ...input, macroId: macro.macroId }) : api.inbox.macros.create.call(input),
    ...useFormSaved(api.inbox.macros.key(), t('saved'), onDone),
  })
}
