import { Button, SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone, showUndo } from '../../platform/undo.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Place } from '../../ui/place.tsx'
import { useChoices } from './choices.ts'
import { useRulesDraft } from './draft.ts'
import { DryRunPane } from './dry-run-pane.tsx'
import { isUnfinished, newRule } from './new-parts.ts'
import styles from './routing.module.css'
import { RuleEditor } from './rule-editor.tsx'
import { RuleList } from './rule-list.tsx'
import { SaveBar } from './save-bar.tsx'
import type { Rule, RuleProblem } from './shapes.ts'
import { VersionsPane } from './versions-pane.tsx'

const PANES = ['rule', 'dry-run', 'versions'] as const
const TYPING_PAUSE_MS = 400
const NO_PROBLEMS: RuleProblem[] = []

/** All rules in their order, and beside them the one that is looked at, a dry run of all, or the versions. */
export function RoutingScreen() {
  const t = useTexts('inbox')
  const saved = useSuspenseQuery(useApi().inbox.routing.get.queryOptions({ input: {} })).data
  const draft = useRulesDraft(saved)
  const { rules, isDirty } = draft
  const { rule: chosen, pane = 'rule' } = useSearch({ from: '/w/$slug/routing' })
  const navigate = useNavigate({ from: '/w/$slug/routing' })
  const go = (search: { rule?: string | undefined; pane?: (typeof PANES)[number] }) =>
    void navigate({ search: Object.fromEntries(Object.entries(search).filter(([, value]) => value)) })
  const problems = useProblems(rules)
  const unfinished = rules.filter(isUnfinished)
  const faulty = new Set([...problems.map(({ ruleId }) => ruleId), ...unfinished.map(({ ruleId }) => ruleId)])
  const add = (rule: Rule, at = rules.length) => {
    draft.change(rules.toSpliced(at, 0, rule))
    go({ rule: rule.ruleId })
  }
  const create = () => add(newRule(freeName(rules, (number) => t('routing.newName', { number }))))
  const newButton = (
    <Button variant="filled" onClick={create}>
      {t('routing.new')}
    </Button>
  )
  return (
    <Place
      title={t('routing.title')}
      action={rules.length > 0 ? newButton : null}
      onBack={() => (chosen || pane !== 'rule' ? go({}) : void navigate({ to: '/w/$slug/settings' }))}
    >
      {isDirty && (
        <SaveBar
          rules={rules}
          against={draft.against}
          isBehind={draft.against !== saved.version}
          faulty={faulty.size}
          onSaved={draft.discard}
          onDiscard={() => {
            draft.discard()
            showDone(t('routing.discarded'))
          }}
        />
      )}
      {rules.length === 0 && saved.version === 0 ? (
        <Empty icon={IconArrowsSplit2} title={t('routing.empty')} action={newButton}>
          {t('routing.emptyWhy')}
        </Empty>
      ) : (
        <div className={styles.screen} data-inside={chosen || pane !== 'rule' || undefined}>
          <div className={styles.side}>
            <p className={styles.quiet}>{t('routing.lead')}</p>
            <RuleList
              rules={rules}
              chosen={pane === 'rule' ? (chosen ?? null) : null}
              faulty={faulty}
              onChoose={(ruleId) => go({ rule: ruleId })}
              onChange={draft.change}
            />
          </div>
          <div className={styles.main}>
            <SegmentedControl
              value={pane}
              data={PANES.map((value) => ({ value, label: t(`routing.pane.${value}`) }))}
              onChange={(value) => go({ rule: chosen, pane: value as (typeof PANES)[number] })}
            />
            {pane === 'dry-run' && (
              <DryRunPane rules={rules} isDirty={isDirty} isUnfinished={isDirty && faulty.size > 0} />
            )}
            {pane === 'versions' && <VersionsPane current={saved.version} isDirty={isDirty} />}
            {pane === 'rule' && (
              <Chosen
                {...{ rules, chosen, problems, add }}
                savedIds={new Set(saved.rules.map(({ ruleId }) => ruleId))}
                onChange={draft.change}
                onGone={() => go({})}
              />
            )}
          </div>
        </div>
      )}
    </Place>
  )
}

interface ChosenProps {
  rules: Rule[]
  chosen: string | undefined
  problems: RuleProblem[]
  savedIds: ReadonlySet<string>
  add(rule: Rule, at: number): void
  onChange(rules: Rule[]): void
  onGone(): void
}

function Chosen({ rules, chosen, problems, savedIds, add, onChange, onGone }: ChosenProps) {
  const t = useTexts('inbox')
  const choices = useChoices()
  const at = rules.findIndex(({ ruleId }) => ruleId === chosen)
  const rule = rules[at]
  if (!rule) return <p className={styles.quiet}>{t('routing.select')}</p>
  const remove = () => {
    onChange(rules.toSpliced(at, 1))
    onGone()
    showUndo({
      message: t('routing.removed', { name: rule.name }),
      undoLabel: t('routing.undo'),
      undo: () => onChange(rules),
    })
  }
  return (
    <RuleEditor
      key={rule.ruleId}
      rule={rule}
      choices={choices}
      // What was said of it before no longer fits what is not finished.
      problems={isUnfinished(rule) ? NO_PROBLEMS : problems.filter(({ ruleId }) => ruleId === rule.ruleId)}
      isSaved={savedIds.has(rule.ruleId)}
      onChange={(changed) => onChange(rules.with(at, changed))}
      onDuplicate={() =>
        add({ ...rule, ruleId: crypto.randomUUID(), name: t('routing.newNameCopy', { name: rule.name }) }, at + 1)
      }
      onRemove={remove}
    />
  )
}

/** As the server sees them, a moment after the last key; rules that are not finished are not sent. */
function useProblems(rules: Rule[]): RuleProblem[] {
  const textLanguage = useLanguage()
  // The list as it is kept: what is made of it anew with each drawing would never come to rest.
  const [settled] = useDebouncedValue(rules, TYPING_PAUSE_MS)
  const asked = settled.filter((rule) => !isUnfinished(rule))
  const { data } = useQuery({
    ...useApi().inbox.routing.check.queryOptions({ input: { rules: asked, textLanguage } }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  })
  return data?.problems ?? NO_PROBLEMS
}

function freeName(rules: Rule[], nameOf: (number: number) => string): string {
  const taken = new Set(rules.map(({ name }) => name))
  let number = rules.length + 1
  while (taken.has(nameOf(number))) number++
  return nameOf(number)
}
