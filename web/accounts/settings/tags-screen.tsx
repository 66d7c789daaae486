import { Button, Modal, Select, TextInput } from '@mantine/core'
import { IconTags } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Form } from '../../ui/form.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

const COLOURS = ['gray', 'red', 'pink', 'grape', 'violet', 'blue', 'cyan', 'teal', 'green', 'orange'] as const
type Colour = (typeof COLOURS)[number]
interface EditedTag {
  tagId: string
  name: string
  colour: Colour
}

export function TagsScreen() {
  const t = useTexts('accounts')
  const tags = useSuspenseQuery(useApi().inbox.tags.list.queryOptions({ input: {} })).data.items as EditedTag[]
  const [edited, setEdited] = useState<EditedTag | 'new' | null>(null)
  const [removed, setRemoved] = useState<EditedTag | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('tags.new')}
    </Button>
  )
  return (
    <SettingsPlace section="tags" action={tags.length > 0 ? add : null}>
      {tags.length === 0 ? (
        <Empty icon={IconTags} title={t('tags.empty')} action={add}>
          {t('tags.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {tags.map((tag) => (
            <li key={tag.tagId} className={styles.row}>
              <Swatch colour={tag.colour} />
              <span className={styles.main}>{tag.name}</span>
              <span className={styles.rowActions}>
                <Button onClick={() => setEdited(tag)} aria-label={t('edit', { name: tag.name })}>
                  {t('change')}
                </Button>
                <Button onClick={() => setRemoved(tag)} aria-label={t('removeNamed', { name: tag.name })}>
                  {t('remove')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {edited && <TagDialog tag={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveTag tag={removed} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}

/** Decoration: the name stands beside it. */
const Swatch = ({ colour }: { colour: Colour }) => (
  <span className={styles.swatch} style={{ background: `var(--mantine-color-${colour}-6)` }} aria-hidden />
)

function TagDialog({ tag, onClose }: { tag: EditedTag | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const [name, setName] = useState(tag?.name ?? '')
  const [colour, setColour] = useState<Colour>(tag?.colour ?? 'gray')
  const done = useFormSaved(api.inbox.tags.key(), t('saved'), onClose)
  const create = useMutation(api.inbox.tags.create.mutationOptions(done))
  const update = useMutation(api.inbox.tags.update.mutationOptions(done))
  return (
    <Modal
      opened
      onClose={onClose}
      title={tag ? t('edit', { name: tag.name }) : t('tags.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('save')}
        busy={create.isPending || update.isPending}
        error={create.error ?? update.error}
        onSubmit={() => (tag ? update.mutate({ tagId: tag.tagId, name, colour }) : create.mutate({ name, colour }))}
      >
        <TextInput
          label={t('tags.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={60}
          data-autofocus
        />
        <Select
          label={t('tags.colour')}
          data={COLOURS.map((value) => ({ value, label: t(`tags.colours.${value}`) }))}
          value={colour}
          onChange={(chosen) => chosen && setColour(chosen as Colour)}
          leftSection={<Swatch colour={colour} />}
          renderOption={({ option }) => (
            <>
              <Swatch colour={option.value as Colour} />
              {option.label}
            </>
          )}
          allowDeselect={false}
        />
      </Form>
    </Modal>
  )
}

function RemoveTag({ tag, onClose }: { tag: EditedTag; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const remove = useMutation(
    api.inbox.tags.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: api.inbox.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: tag.name })}
      name={tag.name}
      action={t('tags.remove')}
      onConfirm={() => remove.mutateAsync({ tagId: tag.tagId })}
    >
      {t('tags.removeWhat')}
    </ConfirmByName>
  )
}
