/**
 * As much of IMAP4rev1 (RFC 3501, with UIDPLUS and SPECIAL-USE) as a client needs that fetches new letters, keeps what it
 * sent, and looks for a Message-ID. Everything else is answered with BAD.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { createFolder, type Folder, folderOf, headerOf, type KeptMessage, type MailAccount, put } from './box.ts'
import type { MailFaults } from './faults.ts'
import { type Command, CommandReader } from './imap-commands.ts'
import { bodyStructure, section } from './structure.ts'

const CAPABILITIES = 'IMAP4rev1 UIDPLUS SPECIAL-USE NAMESPACE ID'

interface Session {
  socket: Socket
  account: MailAccount | null
  folder: Folder | null
}

export function imapServer(accounts: Map<string, MailAccount>, faults: MailFaults): Server {
  return createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {})
    if (faults.take('connect')) {
      socket.destroy()
      return
    }
    const session: Session = { socket, account: null, folder: null }
    const reader = new CommandReader(
      (command) => answer(session, command, accounts, faults),
      () => socket.write('+ go on\r\n'),
    )
    socket.on('data', (chunk) => reader.take(chunk))
    socket.write(`* OK [CAPABILITY ${CAPABILITIES}] the twin's mail\r\n`)
  })
}

function answer(session: Session, command: Command, accounts: Map<string, MailAccount>, faults: MailFaults): unknown {
  const { socket } = session
  const { tag, name, words } = command
  const ok = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`)
  const no = (text: string) => socket.write(`${tag} NO ${text}\r\n`)
  if (name === 'CAPABILITY') {
    socket.write(`* CAPABILITY ${CAPABILITIES}\r\n`)
    return ok()
  }
  if (name === 'LOGOUT') {
    return socket.end(`* BYE until later\r\n${tag} OK\r\n`)
  }
  if (['NOOP', 'ID', 'CHECK'].includes(name)) return ok()
  if (name === 'LOGIN') {
    const account = accounts.get(String(words[0]).toLowerCase())
    if (!account || account.password !== String(words[1])) return no('[AUTHENTICATIONFAILED] wrong')
    session.account = account
    return ok()
  }
  if (!session.account) return no('sign in first')
  if (faults.take('read')) return socket.destroy()
  return answerSignedIn(session, session.account, command, ok, no)
}

type Say = (text?: string) => unknown

function answerSignedIn(
  session: Session,
  account: MailAccount,
  { tag, name, words }: Command,
  ok: Say,
  no: (text: string) => unknown,
): unknown {
  const { socket } = session
  if (name === 'NAMESPACE') {
    socket.write('* NAMESPACE (("" "/")) NIL NIL\r\n')
    return ok()
  }
  if (name === 'LIST' || name === 'LSUB') {
    if (String(words[1] ?? '') === '') socket.write(`* ${name} (\\Noselect) "/" ""\r\n`)
    else
      for (const folder of account.folders.values())
        socket.write(
          `* ${name} (\\HasNoChildren${folder.name === 'Sent' ? ' \\Sent' : ''}) "/" ${JSON.stringify(folder.name)}\r\n`,
        )
    return ok()
  }
  if (name === 'CREATE') {
    createFolder(account, String(words[0]))
    return ok()
  }
  if (name === 'APPEND') return append(account, words, ok, no)
  if (name === 'SELECT' || name === 'EXAMINE') {
    const folder = folderOf(account, String(words[0]))
    if (!folder) return no('[NONEXISTENT] no such folder')
    session.folder = folder
    socket.write(
      `* FLAGS (\\Seen \\Draft \\Deleted)\r\n* ${folder.messages.length} EXISTS\r\n* OK [UIDVALIDITY ${folder.uidValidity}] v\r\n` +
        `* OK [UIDNEXT ${folder.uidNext}] n\r\n* OK [PERMANENTFLAGS (\\Seen \\Draft \\Deleted)] p\r\n`,
    )
    return ok('[READ-WRITE] open')
  }
  if (name === 'CLOSE' || name === 'UNSELECT') {
    session.folder = null
    return ok()
  }
  if (!session.folder) return no('no folder is open')
  if (name === 'UID') return byUid(socket, session.folder, words, ok, tag)
  if (name === 'EXPUNGE') {
    expunge(socket, session.folder, () => true)
    return ok()
  }
  return socket.write(`${tag} BAD unknown\r\n`)
}

function append(account: MailAccount, words: Command['words'], ok: Say, no: (text: string) => unknown): unknown {
  const folder = folderOf(account, String(words[0]))
  const raw = words.at(-1)
  if (!folder || !Buffer.isBuffer(raw)) return no('[TRYCREATE] no such folder')
  const flags = words.slice(1).find((word) => typeof word === 'string' && word.startsWith('('))
  const uid = put(
    folder,
    raw,
    String(flags ?? '()')
      .slice(1, -1)
      .split(' ')
      .filter(Boolean),
  )
  return ok(`[APPENDUID ${folder.uidValidity} ${uid}] kept`)
}

function byUid(socket: Socket, folder: Folder, words: Command['words'], ok: Say, tag: string): unknown {
  const [what, set, ...rest] = words.map(String)
  const name = what?.toUpperCase()
  if (name === 'SEARCH') {
    const found = folder.messages.filter((message) => matches(message, words.slice(1).map(String), folder))
    socket.write(`* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}\r\n`)
    return ok()
  }
  const chosen = folder.messages.filter(({ uid }) => inSet(uid, set ?? '', folder))
  if (name === 'FETCH') {
    for (const message of chosen) fetchOne(socket, folder, message, rest.join(' '))
    return ok()
  }
  if (name === 'STORE') {
    const flags = (rest.at(-1) ?? '()').replace(/[()]/g, '').split(' ').filter(Boolean)
    for (const message of chosen)
      for (const flag of flags) rest[0]?.startsWith('-') ? message.flags.delete(flag) : message.flags.add(flag)
    return ok()
  }
  if (name === 'EXPUNGE') {
    expunge(socket, folder, ({ uid }) => inSet(uid, set ?? '', folder))
    return ok()
  }
  return socket.write(`${tag} BAD unknown\r\n`)
}

function expunge(socket: Socket, folder: Folder, which: (message: KeptMessage) => boolean): void {
  for (let index = folder.messages.length - 1; index >= 0; index--) {
    const message = folder.messages[index] as KeptMessage
    if (!message.flags.has('\\Deleted') || !which(message)) continue
    folder.messages.splice(index, 1)
    socket.write(`* ${index + 1} EXPUNGE\r\n`)
  }
}

function fetchOne(socket: Socket, folder: Folder, message: KeptMessage, wanted: string): void {
  const flags = [...message.flags].join(' ')
  const parts = [`UID ${message.uid}`, `FLAGS (${flags})`, `RFC822.SIZE ${message.raw.length}`]
  parts.push(`INTERNALDATE "${internalDate(message.receivedAt)}"`)
  if (/\bBODYSTRUCTURE\b/i.test(wanted)) parts.push(`BODYSTRUCTURE ${bodyStructure(message.raw)}`)
  const partial = /BODY(?:\.PEEK)?\[([\d.]*|HEADER\.FIELDS[^\]]*)\](?:<(\d+)\.(\d+)>)?/i.exec(wanted)
  const number = folder.messages.indexOf(message) + 1
  if (!partial) {
    socket.write(`* ${number} FETCH (${parts.join(' ')})\r\n`)
    return
  }
  const [, what = '', from, length] = partial
  const whole = contentOf(message.raw, what)
  if (!whole) return void socket.write(`* ${number} FETCH (${parts.join(' ')} BODY[${what}] NIL)\r\n`)
  const start = Number(from ?? 0)
  const body = whole.subarray(start, start + Number(length ?? whole.length))
  socket.write(`* ${number} FETCH (${parts.join(' ')} BODY[${what}]${from ? `<${start}>` : ''} {${body.length}}\r\n`)
  socket.write(body)
  socket.write(')\r\n')
}

function contentOf(raw: Buffer, what: string): Buffer | null {
  if (what === '') return raw
  const [, names] = /^HEADER\.FIELDS \(([^)]*)\)\s*$/i.exec(what) ?? []
  if (names === undefined) return section(raw, what)
  const lines = names.split(' ').flatMap((name) => {
    const value = headerOf(raw, name.replaceAll('"', ''))
    return value === '' ? [] : [`${name}: ${value}\r\n`]
  })
  return Buffer.from(`${lines.join('')}\r\n`, 'latin1')
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const internalDate = (at: Date): string =>
  `${String(at.getUTCDate()).padStart(2, '0')}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000`

function inSet(uid: number, set: string, folder: Folder): boolean {
  const last = folder.messages.at(-1)?.uid ?? 0
  return set.split(',').some((range) => {
    const [from, to = from] = range.split(':').map((end) => (end === '*' ? last : Number(end))) as [number, number?]
    return uid >= Math.min(from, to as number) && uid <= Math.max(from, to as number)
  })
}

/** Of the search keys those that are used: UID, SINCE, HEADER, ALL. All have to hold. */
function matches(message: KeptMessage, keys: string[], folder: Folder): boolean {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]?.toUpperCase()
    if (key === 'UID' && !inSet(message.uid, keys[++at] ?? '', folder)) return false
    if (key === 'SINCE' && dayOf(message.receivedAt) < dayOf(new Date(`${keys[++at]} UTC`))) return false
    if (key === 'HEADER') {
      const [name = '', value = ''] = [keys[++at], keys[++at]]
      if (!headerOf(message.raw, name).toLowerCase().includes(value.toLowerCase())) return false
    }
  }
  return true
}
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
