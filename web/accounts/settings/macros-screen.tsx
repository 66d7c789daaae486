import { Button } from '@mantine/core'
import { IconTextCaption } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import { DraftingModel } from './drafting-model.tsx'
import { type Macro, MacroDialog } from './macro-dialog.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

export function MacrosScreen() {
  const t = useTexts('accounts')
  const macros = useSuspenseQuery(useApi().inbox.macros.list.queryOptions({ input: {} })).data.items
  const [edited, setEdited] = useState<Macro | 'new' | null>(null)
  const [removed, setRemoved] = useState<Macro | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('macros.new')}
    </Button>
  )
  return (
    <SettingsPlace section="macros" action={macros.length > 0 ? add : null}>
      {macros.length === 0 ? (
        <Empty icon={IconTextCaption} title={t('macros.empty')} action={add}>
          {t('macros.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {macros.map((macro) => (
            <MacroRow
              key={macro.macroId}
              macro={macro}
              onEdit={() => setEdited(macro)}
              onRemove={() => setRemoved(macro)}
            />
          ))}
        </ul>
      )}
      <DraftingModel />
      {edited && <MacroDialog macro={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveMacro macro={removed} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}

function MacroRow({ macro, onEdit, onRemove }: { macro: Macro; onEdit: () => void; onRemove: () => void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const does = [
    ...(macro.language ? [formats.languageName(macro.language)] : []),
    ...macro.variants.map(({ language }) => formats.languageName(language)),
    ...macro.actions.map(({ action }) => t(`macros.does.${action}`)),
  ]
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>{macro.name}</span>
        {macro.text && <span className={styles.muted}>{macro.text}</span>}
        {does.length > 0 && <span className={styles.muted}>{does.join(' · ')}</span>}
      </span>
      <span className={styles.rowActions}>
        <Button onClick={onEdit} aria-label={t('edit', { name: macro.name })}>
          {t('change')}
        </Button>
        <Button onClick={onRemove} aria-label={t('removeNamed', { name: macro.name })}>
          {t('remove')}
        </Button>
      </span>
    </li>
  )
}

function RemoveMacro({ macro, onClose }: { macro: Macro; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const remove = useMutation(
    api.inbox.macros.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: api.inbox.macros.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: macro.name })}
      name={macro.name}
      action={t('macros.remove')}
      onConfirm={() => remove.mutateAsync({ macroId: macro.macroId })}
    >
      {t('macros.removeWhat')}
    </ConfirmByName>
  )
}
