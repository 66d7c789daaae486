/** What a mail server keeps of one address: folders of messages, each with a number that is never used again. */
export interface KeptMessage {
  uid: number
  raw: Buffer
  flags: Set<string>
  receivedAt: Date
}

export interface Folder {
  name: string
  uidValidity: number
  uidNext: number
  messages: KeptMessage[]
}

export interface MailAccount {
  address: string
  password: string
  folders: Map<string, Folder>
}

const newFolder = (name: string): Folder => ({ name, uidValidity: 1, uidNext: 1, messages: [] })

export function newMailAccount(address: string, password: string): MailAccount {
  return {
    address: address.toLowerCase(),
    password,
    folders: new Map(['INBOX', 'Sent'].map((name) => [name, newFolder(name)])),
  }
}

export function folderOf(account: MailAccount, name: string): Folder | undefined {
  return account.folders.get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name)
}

export function createFolder(account: MailAccount, name: string): void {
  if (!folderOf(account, name)) account.folders.set(name, newFolder(name))
}

export function put(folder: Folder, raw: Buffer, flags: Iterable<string> = [], receivedAt = new Date()): number {
  const uid = folder.uidNext++
  folder.messages.push({ uid, raw, flags: new Set(flags), receivedAt })
  return uid
}

/** As after a restore from a backup: the same letters under new numbers (RFC 3501, 2.3.1.1). */
export function renumber(folder: Folder): void {
  folder.uidValidity++
  folder.uidNext = 1
  for (const message of folder.messages) message.uid = folder.uidNext++
}

export const headOf = (raw: Buffer): string => {
  const end = raw.indexOf('\r\n\r\n')
  return raw
    .subarray(0, end < 0 ? raw.length : end)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ')
}

export const headerOf = (raw: Buffer, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headOf(raw))?.[1]?.trim() ?? ''
