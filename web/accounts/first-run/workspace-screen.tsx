import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { apiOf } from '../../platform/api.ts'
import { useDraft } from '../../platform/drafts.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { meQuery } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import {
  guessLanguages,
  guessTimeZone,
  languageChoices,
  POST_LANGUAGES_MAX,
  timeZoneChoices,
  ZONES_SHOWN_MAX,
} from '../choices.ts'
import { FirstRunFrame } from './first-run-frame.tsx'
import type { Kind } from './steps.ts'

/** From here on there is a workspace: whoever leaves finds it again. */
export function WorkspaceScreen() {
  const t = useTexts('accounts')
  const formats = useFormats()
  const { kind = 'small-team' }: { kind?: Kind } = useSearch({ from: '/new/workspace' })
  const brand = useDraft('first-run.brand')
  const name = useDraft('first-run.workspace')
  const [named, setNamed] = useState(name.text !== '')
  const [languages, setLanguages] = useState(guessLanguages)
  const [timeZone, setTimeZone] = useState(guessTimeZone)
  const create = useCreateWorkspace(() => {
    brand.clear()
    name.clear()
  })
  const shownName = named ? name.text : brand.text
  const submit = () => create.mutate({ name: shownName.trim(), brand: brand.text.trim(), kind, languages, timeZone })
  return (
    <FirstRunFrame step="workspace" slug={null} title={t('firstRun.workspace.title')} why={t('firstRun.workspace.why')}>
      <Form submit={t('firstRun.next')} busy={create.isPending} error={create.error} onSubmit={submit}>
        <TextInput
          label={t('workspace.brand')}
          description={t('workspace.brandWhy')}
          value={brand.text}
          onChange={(event) => brand.change(event.currentTarget.value)}
          required
          maxLength={200}
          autoFocus
        />
        <TextInput
          label={t('workspace.name')}
          description={t('workspace.nameWhy')}
          value={shownName}
          onChange={(event) => {
            setNamed(true)
            name.change(event.currentTarget.value)
          }}
          required
          maxLength={200}
        />
        <MultiSelect
          label={t('workspace.languages')}
          description={t('workspace.languagesWhy')}
          data={languageChoices(formats, languages)}
          value={languages}
          onChange={setLanguages}
          searchable
          maxValues={POST_LANGUAGES_MAX}
          error={languages.length === 0 ? t('workspace.languagesMissing') : null}
        />
        <Select
          label={t('workspace.timeZone')}
          description={t('workspace.timeZoneWhy')}
          data={timeZoneChoices(timeZone)}
          value={timeZone}
          onChange={(zone) => zone && setTimeZone(zone)}
          searchable
          limit={ZONES_SHOWN_MAX}
          allowDeselect={false}
        />
      </Form>
    </FirstRunFrame>
  )
}

function useCreateWorkspace(onMade: () => void) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    ...apiOf(null).accounts.workspaces.create.mutationOptions(),
    meta: { shownInPlace: true },
    onSuccess: async ({ slug }) => {
      onMade()
      await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      // Going back must not offer to make the same workspace again.
      await navigate({ to: '/new/$slug/topic', params: { slug }, replace: true })
    },
  })
}
