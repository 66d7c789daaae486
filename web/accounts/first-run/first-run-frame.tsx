import { Anchor } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useMe } from '../../platform/session.ts'
import { signOut } from '../../shell/sign-out.ts'
import styles from './first-run.module.css'
import { addressOfStep, STEPS, type Step, stateOfStep } from './steps.ts'

interface FirstRunFrameProps {
  step: Step
  /** The workspace, once there is one. */
  slug: string | null
  title: string
  why: string
  children: ReactNode
}

/** One thing at a time: where one is, what is asked and why, and a way out at any time. */
export function FirstRunFrame({ step, slug, title, why, children }: FirstRunFrameProps) {
  const t = useTexts('accounts')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Rapport`
    // A step is a new page to whoever hears the screen; a field that asked for the focus keeps it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title])
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <p className={styles.brand}>
          <img src="/icon.svg" alt="" width="22" height="22" />
          Rapport
        </p>
        <nav aria-label={t('firstRun.steps')} style={{ display: 'contents' }}>
          <ol className={styles.steps}>
            {STEPS.map((each) => (
              <li key={each}>
                <StepLink step={each} current={step} slug={slug} />
              </li>
            ))}
          </ol>
        </nav>
        <Leave slug={slug} />
      </header>
      <div className={styles.body}>
        <main className={styles.content}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className={styles.lead}>{why}</p>
          {children}
        </main>
      </div>
    </div>
  )
}

function StepLink({ step, current, slug }: { step: Step; current: Step; slug: string | null }) {
  const t = useTexts('accounts')
  const state = stateOfStep(step, current)
  const address = addressOfStep(step, slug)
  const face = (
    <>
      <span className={styles.number}>
        {state === 'done' ? <IconCheck size={12} stroke={2.4} aria-hidden /> : STEPS.indexOf(step) + 1}
      </span>
      <span className={styles.stepName}>{t(`firstRun.step.${step}`)}</span>
    </>
  )
  if (state === 'current' || address === null)
    return (
      <span className={styles.step} aria-current={state === 'current' ? 'step' : undefined}>
        {face}
      </span>
    )
  return (
    <Link className={styles.step} to={address} activeOptions={{ exact: true }}>
      {face}
    </Link>
  )
}

/** To the workspace where there is one to go to; else out. What was made stays made. */
function Leave({ slug }: { slug: string | null }) {
  const t = useTexts('accounts')
  const first = useMe().workspaces[0]
  const to = slug ?? first?.slug
  if (to)
    return (
      <Link className={styles.leave} to="/w/$slug" params={{ slug: to }}>
        {t('firstRun.leave')}
      </Link>
    )
  return (
    <Anchor component="button" type="button" className={styles.leave} onClick={() => void signOut()}>
      {t('shell:account.signOut')}
    </Anchor>
  )
}
