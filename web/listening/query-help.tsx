import { ActionIcon, Popover } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './query.module.css'
import { QueryText } from './query-text.tsx'

/** By name of their sentence in the texts. */
const OPERATORS = {
  and: 'outage Berlin',
  or: 'outage OR offline',
  not: 'outage -ad',
  phrase: '"no signal"',
  exact: '{NT}',
  near: 'signal NEAR/5 gone',
  wildcard: '*outage*',
  tag: '#outage @handle',
  fields: 'lang:de author:@handle',
  facts: 'has:question followers:>1k',
  date: 'date:2026-05-01..2026-05-31',
} as const

interface QueryHelpProps {
  /** Below the operators: what else the field can do. */
  children?: ReactNode
}

export function QueryHelp({ children }: QueryHelpProps) {
  const t = useTexts('listening')
  return (
    <Popover width={460} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('query.help')}>
          <IconHelpCircle size={18} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">
        <dl className={styles.operators} tabIndex={0}>
          {Object.entries(OPERATORS).map(([name, example]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>
                <QueryText query={example} />
              </dt>
              <dd>{t(`query.operators.${name}`)}</dd>
            </div>
          ))}
        </dl>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
