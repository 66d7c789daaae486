import { UnstyledButton } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useCommands } from '../platform/commands.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMayAt } from '../platform/session.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { AnswerComposer } from './answer-composer.tsx'
import styles from './composer.module.css'
import type { ComposerProps } from './composer-props.ts'
import { NoteComposer } from './note-composer.tsx'
import type { Account } from './shapes.ts'
import type { Strand } from './strand.ts'

/** Two voices, never mixed up: an answer that everyone reads, a note that only colleagues read. */
export function Composer(props: ComposerProps) {
  const t = useTexts('inbox')
  const mayAnswer = useMayAt('answers.draft', props.opened.conversation.sourceId)
  const [mode, setMode] = useState<'answer' | 'note'>(mayAnswer ? 'answer' : 'note')
  const note = useRef<HTMLTextAreaElement>(null)
  const goTo = (next: 'answer' | 'note') => {
    // At once, because whoever types on must not lose a letter: the field of the other mode is drawn first.
    flushSync(() => setMode(next))
    const field = next === 'answer' ? props.field : note
    field.current?.focus()
    // And again when the palette, from which one may have come, has given the focus back.
    requestAnimationFrame(() => field.current?.focus())
  }
  const shortcuts = [
    ...(mayAnswer ? [{ keys: 'r', label: t('action.reply'), run: () => goTo('answer') }] : []),
    { keys: 'n', label: t('action.note'), run: () => goTo('note') },
  ]
  useShortcuts(t('composer.place'), props.keysOn ? shortcuts : [])
  useCommands(shortcuts.map(({ keys, label, run }) => ({ id: `composer-${keys}`, label, run })))
  const tab = (which: 'answer' | 'note', keys: string) => (
    <UnstyledButton className={styles.tab} aria-pressed={mode === which} onClick={() => goTo(which)}>
      {t(`composer.${which}`)}
      <kbd className="cap" aria-hidden>
        {keyCaps(keys).join('')}
      </kbd>
    </UnstyledButton>
  )
  return (
    <section
      className={styles.composer}
      data-mode={mode}
      data-strand={mode === 'answer' ? props.draft.strand : undefined}
      aria-label={t('composer.place')}
    >
      <div className={styles.tabs}>
        {mayAnswer && tab('answer', 'r')}
        {tab('note', 'n')}
        {mode === 'answer' && props.draft.account && (
          <Voice account={props.draft.account} strand={props.draft.strand} />
        )}
      </div>
      {mode === 'answer' ? <AnswerComposer {...props} /> : <NoteComposer opened={props.opened} field={note} />}
    </section>
  )
}

/** Who will speak, and how it ends. */
function Voice({ account: { sourceName, signOff: whole }, strand }: { account: Account; strand: Strand }) {
  const t = useTexts('inbox')
  const signOff = whole.split('\n')[0]
  return (
    <span className={styles.voice} title={signOff ? t('answer.signOffWhy') : undefined}>
      {strand === 'private' && <IconLock size={12} stroke={1.8} aria-hidden />}{' '}
      {signOff ? t('answer.asSigned', { account: sourceName, signOff }) : t('answer.as', { account: sourceName })}
    </span>
  )
}
