import type { CheckedAddress } from '../../platform/outbound-address.ts'
import { failureOutside, type Outside } from '../outside.ts'
import { MailFailure } from './failure.ts'
import type { MailSettings } from './settings.ts'

/** One address of the server that may be connected to; a password goes there over TLS, or to a listed place. */
export async function checkedAddress(
  outside: Outside,
  host: string,
  port: number,
  security: MailSettings['imapSecurity'],
): Promise<CheckedAddress> {
  const place = `http://${host}:${port}/`
  if (security === 'none' && !outside.keepsSecrets(place))
    throw new MailFailure({ name: 'forbidden-address', detail: 'not encrypted: choose TLS or STARTTLS' })
  const checked = await outside.addressesOf(place)
  if (!checked.ok) throw new MailFailure(failureOutside(checked.failure))
  // Houses without IPv6 are many, mail servers without IPv4 hardly exist.
  const first = checked.addresses.find(({ family }) => family === 4) ?? checked.addresses[0]
  if (!first) throw new MailFailure({ name: 'unreachable', detail: 'the name has no address' })
  return first
}
