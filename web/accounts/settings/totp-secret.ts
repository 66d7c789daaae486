/** The key that an authenticator app asks for when it cannot scan. */
export const secretOf = (totpUri: string): string => URL.parse(totpUri)?.searchParams.get('secret') ?? ''

/** In fours, as one reads it out and types it. */
export const secretInGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''
