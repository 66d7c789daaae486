import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { proveAccount } from './calls.ts'
import { useKindName } from './names.ts'
import { rememberCode } from './posted-code.ts'
import type { Portal } from './shapes.ts'

/** What a conversation asked for, as steps: the account that wrote, and the thing. The link proves neither. */
export function InvitationSteps({ described, page, agreed, again }: Portal) {
  const t = useTexts('portal')
  const kindName = useKindName()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { invitation } = page
  if (!invitation) return null
  const { asked, network, account, accountProven, askedProven, done } = invitation
  const waits = page.attempts.some(
    ({ way, state, shown }) => way === 'reply-code' && state === 'open' && shown === null,
  )
  const begin = async () => {
    const answer = await proveAccount({ ...agreed('consent'), network, handle: '' })
    if (answer.ok) rememberCode(answer.value.proofId, answer.value.code)
    return answer
  }
  return (
    <section className="card notice" aria-labelledby="invited">
      <h2 id="invited">{t(done ? 'invited.done' : 'invited.title', { brand: described.brand })}</h2>
      {done ? (
        <p>{t('invited.done-text', { brand: described.brand })}</p>
      ) : (
        <ol className="steps">
          <li data-done={accountProven || undefined}>
            <p>
              <strong>{t('invited.account', { network: kindName(network), account })}</strong>{' '}
              {accountProven ? t('invited.proven') : t('invited.account-why', { brand: described.brand })}
            </p>
            {!accountProven && !waits && (
              <>
                <p className="statement">{described.statements.consent.text}</p>
                <Refused refusal={refusal} />
                <ActionButton
                  label={t('invited.account-begin')}
                  main
                  act={begin}
                  done={() => void again()}
                  refused={setRefusal}
                />
              </>
            )}
          </li>
          {asked !== 'account' && (
            <li data-done={askedProven || undefined}>
              <p>
                <strong>{t(`invited.asked-${asked}`)}</strong>{' '}
                {askedProven ? t('invited.proven') : t(`invited.how-${asked}`)}
              </p>
            </li>
          )}
        </ol>
      )}
    </section>
  )
}
