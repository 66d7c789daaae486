import { type MailSettings, sendMail } from '../platform/mail.ts'
import type { Services } from '../platform/services.ts'
import { readSetting, writeSetting } from './settings.ts'

const SETTING = 'mail'
const SECRET_CONTEXT = 'mail-password'

interface Stored {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string
  from: string
  password: string
}

export type MailSettingsInput = Omit<Stored, 'password'> & { password?: string | undefined }

/** Null until an administrator has set a mail server, and for whoever only practises. */
export async function readMailSettings(services: Services): Promise<MailSettings | null> {
  if (services.fence !== undefined) return null
  const stored = await readSetting<Stored>(services, SETTING)
  return stored
    ? { ...stored, password: stored.password ? services.secrets.decrypt(stored.password, SECRET_CONTEXT) : '' }
    : null
}

/** An absent password keeps the stored one. */
export async function writeMailSettings(services: Services, input: MailSettingsInput): Promise<void> {
  const present = await readSetting<Stored>(services, SETTING)
  const password =
    input.password === undefined
      ? (present?.password ?? '')
      : input.password && services.secrets.encrypt(input.password, SECRET_CONTEXT)
  await writeSetting(services, SETTING, { ...input, password })
}

/** Tries what is on the screen, before it is saved. */
export async function testMailSettings(
  services: Services,
  input: MailSettingsInput,
  to: string,
  language: 'en' | 'de' | 'nl',
): Promise<{ sentTo: string | null; failure: string | null; detail: string }> {
  const settings = { ...input, password: input.password ?? (await readMailSettings(services))?.password ?? '' }
  const outcome = await sendMail(settings, { to, ...TEST_MAIL[language] })
  return outcome.ok
    ? { sentTo: to, failure: null, detail: '' }
    : { sentTo: null, failure: outcome.failure.name, detail: outcome.failure.detail }
}

const TEST_MAIL = {
  en: { subject: 'Rapport can send mail', text: 'This mail was sent to test the mail server settings. They work.' },
  de: {
    subject: 'Rapport kann E-Mails versenden',
    text: 'Diese E-Mail wurde zum Test der E-Mail-Einstellungen verschickt. Sie funktionieren.',
  },
  nl: {
    subject: 'Rapport kan mail versturen',
    text: 'Deze mail is verstuurd om de mailinstellingen te testen. Ze werken.',
  },
}

const INVITATION_MAIL = {
  en: (inviter: string, workspace: string, link: string) => ({
    subject: `${inviter} invites you to ${workspace}`,
    text: `Hello,\n\n${inviter} would like to work with you in Rapport, in the workspace "${workspace}". With this link you join; it is valid for 14 days and works once:\n\n${link}\n\nIf you did not expect this, you need do nothing.\n`,
  }),
  de: (inviter: string, workspace: string, link: string) => ({
    subject: `${inviter} lädt Sie zu ${workspace} ein`,
    text: `Guten Tag,\n\n${inviter} möchte mit Ihnen in Rapport arbeiten, im Arbeitsbereich „${workspace}“. Mit diesem Link treten Sie bei; er gilt 14 Tage und funktioniert einmal:\n\n${link}\n\nWenn Sie das nicht erwartet haben, brauchen Sie nichts zu tun.\n`,
  }),
  nl: (inviter: string, workspace: string, link: string) => ({
    subject: `${inviter} nodigt je uit voor ${workspace}`,
    text: `Hallo,\n\n${inviter} wil graag met je samenwerken in Rapport, in de werkruimte ‘${workspace}’. Met deze link doe je mee; hij is 14 dagen geldig en werkt één keer:\n\n${link}\n\nVerwachtte je dit niet? Dan hoef je niets te doen.\n`,
  }),
}

/** Returns null when it was sent, otherwise why not. */
export async function mailInvitation(
  services: Services,
  invitation: { to: string; inviter: string; workspace: string; link: string; language: 'en' | 'de' | 'nl' },
): Promise<string | null> {
  const settings = await readMailSettings(services)
  if (!settings) return 'no-mail-server'
  const mail = INVITATION_MAIL[invitation.language](invitation.inviter, invitation.workspace, invitation.link)
  const outcome = await sendMail(settings, { to: invitation.to, ...mail })
  return outcome.ok ? null : outcome.failure.name
}

const RESET_MAIL = {
  en: (link: string) => ({
    subject: 'Choose a new password for Rapport',
    text: `Hello,\n\nwith this link you choose a new password; it is valid for one hour and works once:\n\n${link}\n\nIf you did not ask for it, you need do nothing: your password stays as it is.\n`,
  }),
  de: (link: string) => ({
    subject: 'Neues Passwort für Rapport wählen',
    text: `Guten Tag,\n\nmit diesem Link wählen Sie ein neues Passwort; er gilt eine Stunde und funktioniert einmal:\n\n${link}\n\nWenn Sie das nicht angefordert haben, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.\n`,
  }),
  nl: (link: string) => ({
    subject: 'Kies een nieuw wachtwoord voor Rapport',
    text: `Hallo,\n\nmet deze link kies je een nieuw wachtwoord; hij is een uur geldig en werkt één keer:\n\n${link}\n\nHeb je dit niet aangevraagd? Dan hoef je niets te doen: je wachtwoord blijft zoals het is.\n`,
  }),
}

/** Returns null when it was sent, otherwise why not. */
export async function mailPasswordReset(
  services: Services,
  reset: { to: string; link: string; language: 'en' | 'de' | 'nl' },
): Promise<string | null> {
  const settings = await readMailSettings(services)
  if (!settings) return 'no-mail-server'
  const outcome = await sendMail(settings, { to: reset.to, ...RESET_MAIL[reset.language](reset.link) })
  return outcome.ok ? null : outcome.failure.name
}
