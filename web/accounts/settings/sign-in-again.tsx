import { Button } from '@mantine/core'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { goToSignIn } from '../../platform/session.ts'
import { endSession } from '../../shell/sign-out.ts'
import styles from './settings.module.css'

/** What went wrong; where only a sign-in of today is trusted, the way to one that comes back here. */
export function SignInAgain({ error }: { error: unknown }) {
  const t = useTexts('accounts')
  const failure = error ? failureOf(error) : null
  return (
    <div role="alert" className={styles.stack}>
      {failure && <span className={styles.wrong}>{textOfFailure(failure)}</span>}
      {failure?.code === 'sign-in-too-old' && (
        <div>
          <Button onClick={() => void endSession().then(() => goToSignIn())}>{t('security.signInAgain')}</Button>
        </div>
      )}
    </div>
  )
}
