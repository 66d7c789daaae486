import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { countriesIn } from './countries.ts'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

const SOURCES_MAX = 50
const SOURCE_CHARACTERS_MAX = 100

/** From which country numbers without one are, and which system is believed where two contradict each other. */
export function PeopleSettingsScreen() {
  const t = useTexts('accounts')
  const settings = useSuspenseQuery(useApi().people.graph.settings.get.queryOptions({ input: {} })).data
  const [country, setCountry] = useState(settings.defaultCountry)
  const [sources, setSources] = useState<string[]>(settings.fieldSources)
  return (
    <SettingsPlace section="people">
      <FormSection title={t('people.phones')} why={t('people.phonesWhy')}>
        <Saved settings={{ defaultCountry: country, fieldSources: settings.fieldSources }}>
          <CountryChoice country={country} ofTimeZone={settings.countryOfTimeZone} onChange={setCountry} />
        </Saved>
      </FormSection>
      <FormSection title={t('people.sources')} why={t('people.sourcesWhy')}>
        <Saved settings={{ defaultCountry: settings.defaultCountry, fieldSources: sources }}>
          <SourceOrder sources={sources} known={settings.knownSources} onChange={setSources} />
        </Saved>
      </FormSection>
    </SettingsPlace>
  )
}

/** Each part is saved by itself: what is half typed in the other stays there. */
function Saved({ settings, children }: { settings: Settings; children: ReactNode }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const save = useMutation(
    api.people.graph.settings.save.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => showDone(t('saved')),
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.key() }),
    }),
  )
  return (
    <Form submit={t('save')} busy={save.isPending} error={save.error} onSubmit={() => save.mutate(settings)}>
      {children}
    </Form>
  )
}

interface Settings {
  defaultCountry: string | null
  fieldSources: string[]
}

interface CountryChoiceProps {
  country: string | null
  ofTimeZone: string | null
  onChange(country: string | null): void
}

function CountryChoice({ country, ofTimeZone, onChange }: CountryChoiceProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const countries = useMemo(() => countriesIn(language), [language])
  const named = countries.find(({ value }) => value === ofTimeZone)?.label
  return (
    <Select
      label={t('people.country')}
      description={named ? t('people.countryOfZone', { country: named }) : t('people.countryUnknown')}
      placeholder={named ?? t('people.noCountry')}
      data={countries}
      value={country}
      onChange={onChange}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('remove') }}
    />
  )
}

interface SourceOrderProps {
  sources: string[]
  /** Systems that told something. */
  known: string[]
  onChange(sources: string[]): void
}

/** The first is believed most. Systems that are not named come after, the newest statement first. */
function SourceOrder({ sources, known, onChange }: SourceOrderProps) {
  const t = useTexts('accounts')
  const [typed, setTyped] = useState('')
  const other = useRef<HTMLInputElement>(null)
  const move = (at: number, by: number) => {
    const moved = sources.filter((_, index) => index !== at)
    moved.splice(at + by, 0, sources[at] as string)
    onChange(moved)
  }
  const add = (source: string) => {
    if (source !== '' && !sources.includes(source) && sources.length < SOURCES_MAX) onChange([...sources, source])
    setTyped('')
  }
  const remove = (source: string) => {
    onChange(sources.filter((one) => one !== source))
    // The button that was pressed is gone with its row.
    other.current?.focus()
  }
  const addTyped = () => add(typed.trim().toLowerCase())
  const offered = known.filter((source) => !sources.includes(source))
  return (
    <>
      {sources.length === 0 && <p className={styles.note}>{t('people.noOrder')}</p>}
      <ol className={styles.rows} aria-label={t('people.sources')} hidden={sources.length === 0}>
        {sources.map((source, at) => (
          <li key={source} className={styles.row}>
            <span className={styles.main}>
              {at + 1}. {source}
            </span>
            <span className={styles.icons}>
              <Step label={t('people.earlier', { source })} ended={at === 0} onClick={() => move(at, -1)}>
                <IconArrowUp size={16} />
              </Step>
              <Step label={t('people.later', { source })} ended={at === sources.length - 1} onClick={() => move(at, 1)}>
                <IconArrowDown size={16} />
              </Step>
              <Step label={t('removeNamed', { name: source })} onClick={() => remove(source)}>
                <IconX size={16} />
              </Step>
            </span>
          </li>
        ))}
      </ol>
      {offered.length > 0 && (
        <div className={styles.actions}>
          {offered.map((source) => (
            <Button key={source} size="xs" onClick={() => add(source)}>
              {t('people.addSource', { source })}
            </Button>
          ))}
        </div>
      )}
      <div className={styles.inline}>
        <TextInput
          ref={other}
          label={t('people.otherSource')}
          value={typed}
          maxLength={SOURCE_CHARACTERS_MAX}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter adds what is typed; with nothing typed it saves, as everywhere.
            if (event.key !== 'Enter' || typed.trim() === '') return
            event.preventDefault()
            addTyped()
          }}
        />
        <Button disabled={typed.trim() === ''} onClick={addTyped}>
          {t('people.add')}
        </Button>
      </div>
    </>
  )
}

interface StepProps {
  label: string
  /** There is nowhere to go. It keeps the focus: one more press does nothing. */
  ended?: boolean
  onClick(): void
  children: ReactNode
}

function Step({ label, ended = false, onClick, children }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      aria-label={label}
      aria-disabled={ended}
      data-disabled={ended || undefined}
      onClick={() => !ended && onClick()}
    >
      {children}
    </ActionIcon>
  )
}
