import { createECDH } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'

export interface PushKeys {
  /** Uncompressed point on P-256, base64url: what browsers call applicationServerKey. */
  publicKey: string
  privateKey: string
}

/**
 * Who we are to push services (RFC 8292): one pair of keys for the installation, derived from its own secret. It is there
 * at first use, the same in every process and after every restart, and in no table: a browser's subscription is bound to it.
 */
export function pushKeys(secrets: Secrets): PushKeys {
  const curve = createECDH('prime256v1')
  // Of 2³² secrets one is no scalar of the curve: then the next one is taken.
  for (let attempt = 1; ; attempt++)
    try {
      curve.setPrivateKey(secrets.derive(`web-push-${attempt}`), 'hex')
      return { publicKey: curve.getPublicKey('base64url'), privateKey: curve.getPrivateKey('base64url') }
    } catch (error) {
      if (attempt === 3) throw error
    }
}
