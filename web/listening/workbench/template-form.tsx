import { TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import type { Start } from './addresses.ts'
import type { TemplateAnswer } from './answers.ts'
import styles from './workbench.module.css'

type Template = Exclude<Start, 'rules' | 'own'>
type Words = 'variants' | 'hashtags' | 'handles' | 'domains' | 'context' | 'exclusions'

/** What is asked first, and what lies behind "more"; the rest of the words stays empty. */
const ASKED: Record<Template, { name: boolean; first: Words[]; more: Words[] }> = {
  brand: { name: true, first: ['variants', 'handles'], more: ['hashtags', 'domains', 'context', 'exclusions'] },
  competitor: { name: true, first: ['variants', 'handles'], more: ['domains', 'context', 'exclusions'] },
  category: { name: true, first: ['variants', 'exclusions'], more: ['hashtags', 'context'] },
  campaign: { name: true, first: ['hashtags', 'domains'], more: ['variants', 'handles', 'exclusions'] },
  crisis: { name: true, first: ['variants', 'context'], more: ['hashtags', 'handles', 'exclusions'] },
}
const WORDS_MAX = 60
const SEPARATORS = [',', ';', '\n']
/** Also what was typed with commas and left, instead of entered. */
const oneByOne = (values: string[]): string[] =>
  [...new Set(values.flatMap((value) => value.split(/[,;\n]/)).map((value) => value.trim()))].filter(Boolean)

/** A few words, from which a query is made; it is looked at and tuned before anything listens. */
export function TemplateForm({ template, onMade }: { template: Template; onMade(made: TemplateAnswer): void }) {
  const t = useTexts('listening')
  const [name, setName] = useState('')
  const [words, setWords] = useState<Partial<Record<Words, string[]>>>({})
  const make = useMutation(
    useApi().listening.workbench.template.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: (made) => {
        if (made.ok) onMade(made)
      },
    }),
  )
  const { first, more } = ASKED[template]
  const wordsField = (which: Words) => (
    <TagsInput
      key={which}
      label={t(`workbench.template.words.${which}`)}
      description={
        which === 'variants' ? t(`workbench.template.variantsOf.${template}`) : t(`workbench.template.why.${which}`)
      }
      value={words[which] ?? []}
      onChange={(values) => setWords({ ...words, [which]: oneByOne(values) })}
      splitChars={SEPARATORS}
      maxTags={WORDS_MAX}
      clearable
    />
  )
  const refused = make.data?.ok === false ? make.data.missing : null
  return (
    <Form
      submit={t('workbench.template.make')}
      busy={make.isPending}
      onSubmit={() => make.mutate({ template, name: name.trim(), ...words })}
    >
      <TextInput
        label={t(`workbench.template.name.${template}`)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
        data-autofocus
        autoFocus
      />
      {first.map(wordsField)}
      <details className={styles.folded}>
        <summary>{t('workbench.template.more')}</summary>
        <div className={styles.foldedFields}>{more.map(wordsField)}</div>
      </details>
      <div role="alert">
        {refused && <p className={styles.wrong}>{t(`workbench.template.missing.${refused}`)}</p>}
        {make.error && <p className={styles.wrong}>{textOfFailure(failureOf(make.error))}</p>}
      </div>
    </Form>
  )
}
