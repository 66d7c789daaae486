import { z } from 'zod'
import type { Connection, Outcome } from '../connector.ts'
import { parsedBy } from '../parsed.ts'

const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be the name of a server')
/** A form sends text. */
const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback)
/** tls: from the first byte. starttls: demanded before anything is said. none: in the clear, on listed private places only. */
const security = z.enum(['tls', 'starttls', 'none']).default('tls')
/** Header lines are built of these. */
const line = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}<>"]*$/u, 'must be one line without < > "')

const settingsSchema = z.object({
  /** Ours, as customers know it. */
  address: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[^\s@"<>,;:\\()[\]+]{1,64}@[a-z0-9.-]{1,253}$/, 'must be a mail address, without a part behind +'),
  name: line.max(100).default(''),
  imapHost: host,
  imapPort: port(993),
  imapSecurity: security,
  smtpHost: host,
  smtpPort: port(465),
  smtpSecurity: security,
  /** Whether the server takes letters to name+anything@: then an invitation can be answered without writing its code. */
  plusAddresses: z.stringbool().or(z.boolean()).default(true),
  /** Found by `check`. */
  sentFolder: z.string().max(300).default('Sent'),
})

const credentialsSchema = z.object({
  user: z.string().trim().min(1, 'the user name is missing').max(320),
  password: z.string().min(1, 'the password is missing').max(1_000),
})

export type MailSettings = z.infer<typeof settingsSchema>
export type MailCredentials = z.infer<typeof credentialsSchema>

export const parseSettings = (input: unknown): Outcome<MailSettings> => parsedBy(settingsSchema, input)
export const parseCredentials = (input: unknown): Outcome<MailCredentials> => parsedBy(credentialsSchema, input)

/** What was stored was parsed before it was stored: a fault here is a bug or a tampered row, so it throws. */
export const settingsOf = (connection: Connection): MailSettings => settingsSchema.parse(connection.settings)
export const credentialsOf = (connection: Connection): MailCredentials =>
  credentialsSchema.parse(connection.credentials)
