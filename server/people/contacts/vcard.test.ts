import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE_START } from '../../connectors/index.ts'
import { changeOf } from './contact-change.ts'
import { type ReadContact, readContacts } from './reading.ts'
import type { ToldContact } from './told-contact.ts'
import { readCards } from './vcard-lines.ts'
import { readProperty } from './vcard-property.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rapport-cards-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
const fileOf = async (content: string | Uint8Array) => {
  const file = path.join(folder, `${files++}.vcf`)
  await writeFile(file, content)
  return file
}
const all = async (file: string, from = FILE_START) => {
  const read: ReadContact[] = []
  for await (const each of readContacts(file, { from })) read.push(each)
  return read
}
const told = async (content: string | Uint8Array): Promise<ToldContact[]> =>
  (await all(await fileOf(content))).map(({ row }) => {
    if (row.kind !== 'contact') throw new Error(JSON.stringify(row))
    return row.told
  })
const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')

describe('a vCard', () => {
  it('4.0 tells names, addresses, numbers with types and preference, and where somebody lives', async () => {
    const [contact] = await told(
      card(
        'VERSION:4.0',
        'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        'FN:Mara Quittenbaum',
        'N:Quittenbaum;Mara;;Dr.;',
        'EMAIL;TYPE=home:mara@home.example',
        'EMAIL;TYPE=work;PREF=1:mara@werk.example',
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+49-40-1234567;ext=5',
        'ADR;TYPE=work:;;Am Speicher 3;Hamburg;;20457;Deutschland',
        'ORG:Klinkerlaut\\, Speicher & Co;Einkauf',
        'TITLE:Leiterin',
        'BDAY:19840521',
        'LANG:de-DE',
        'CATEGORIES:Messe,VIP',
        'NOTE:Zeile eins\\nZeile zwei\\; mit Semikolon',
        'SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example/@mara',
      ),
    )
    expect(contact).toMatchObject({
      externalId: 'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      mails: ['mara@werk.example', 'mara@home.example'],
      phones: ['+49-40-1234567 ext. 5'],
      tags: ['Messe', 'VIP'],
      handles: [{ network: 'fediverse', handle: '@mara' }],
      fields: {
        name: 'Mara Quittenbaum',
        given: 'Mara',
        family: 'Quittenbaum',
        organisation: 'Klinkerlaut, Speicher & Co',
        role: 'Leiterin',
        city: 'Hamburg',
        postcode: '20457',
        street: 'Am Speicher 3',
        country: 'Deutschland',
        note: 'Zeile eins\nZeile zwei; mit Semikolon',
      },
    })
    expect(changeOf(contact as ToldContact).change.fields).toMatchObject({ 'birth-date': '1984-05-21', language: 'de' })
  })

  it('3.0 is unfolded where lines go on, and its groups and labels are read', async () => {
    const [contact] = await told(
      card(
        'VERSION:3.0',
        'FN:Jan',
        ' ssen de Br',
        ' uin',
        'item1.EMAIL;type=INTERNET;type=pref:jan@voorbeeld.example',
        'item2.IMPP:x-apple:jan.bsky.example',
        'item2.X-ABLabel:Bluesky',
        'URL:https\\://jan.example',
      ),
    )
    expect(contact).toMatchObject({
      fields: { name: 'Janssen de Bruin' },
      mails: ['jan@voorbeeld.example'],
      handles: [{ network: 'bluesky', handle: 'jan.bsky.example' }],
      sites: ['https://jan.example'],
    })
  })

  it('2.1 with quoted-printable, soft line breaks and a charset keeps its umlauts', async () => {
    const [contact] = await told(
      card(
        'VERSION:2.1',
        'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
        'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =',
        'M=C3=BCller',
        'TEL;CELL;PREF:040 1234567',
        'TEL;HOME:040 7654321',
      ),
    )
    expect(contact).toMatchObject({
      fields: { family: 'Müller', given: 'Jörg', name: 'Jörg Müller' },
      phones: ['040 1234567', '040 7654321'],
    })
  })

  it('in Windows-1252, in UTF-16 and folded within a character is read as it was meant', async () => {
    const text = card('VERSION:3.0', 'FN:Zoë Größe', 'EMAIL:z@example.org')
    expect((await told(Buffer.from(text, 'latin1')))[0]?.fields.name).toBe('Zoë Größe')
    expect((await told(Buffer.from(`\ufeff${text}`, 'utf16le')))[0]?.fields.name).toBe('Zoë Größe')
    const bytes = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Größe\r\nEND:VCARD\r\n')
    const cut = bytes.indexOf(0xc3) + 1
    const folded = Buffer.concat([bytes.subarray(0, cut), Buffer.from('\r\n '), bytes.subarray(cut)])
    expect((await told(folded))[0]?.fields.name).toBe('Größe')
  })

  it('within a card is somebody else, and photos, keys and unknown properties are passed over', async () => {
    const [contact, ...more] = await told(
      card(
        'VERSION:2.1',
        'FN:Chefin',
        'AGENT:',
        'BEGIN:VCARD',
        'FN:Assistent',
        'EMAIL:assistent@example.org',
        'END:VCARD',
        'PHOTO;ENCODING=BASE64;TYPE=JPEG:',
        ` ${'A'.repeat(2_000)}`,
        'X-UNKNOWN:something',
        'EMAIL:chefin@example.org',
      ),
    )
    expect(more).toEqual([])
    expect(contact).toMatchObject({ fields: { name: 'Chefin' }, mails: ['chefin@example.org'] })
  })
})

describe('a file of cards', () => {
  it('is read on behind any card, with the lines as an editor counts them', async () => {
    const cards = Array.from({ length: 5 }, (_, index) => card('VERSION:3.0', `FN:Nr. ${index}`, `UID:${index}`))
    const file = await fileOf(cards.join('\r\n'))
    const whole = await all(file)
    expect(whole.map(({ line }) => line)).toEqual([1, 7, 13, 19, 25])
    const rest = await all(file, whole[2]?.position)
    expect(rest).toEqual(whole.slice(3))
  })

  it('that breaks off says so in its place and keeps the others', async () => {
    const rows = await all(await fileOf(`${card('VERSION:3.0', 'UID:1')}BEGIN:VCARD\r\nFN:Offen`))
    expect(rows.map(({ line, row }) => [line, row.kind === 'rejected' ? row.problem.code : row.kind])).toEqual([
      [1, 'contact'],
      [5, 'card-not-closed'],
    ])
  })

  it('with a card beyond all measure goes on behind it', async () => {
    const huge = card('VERSION:3.0', 'UID:1', `NOTE:${'x'.repeat(5 * 1024 * 1024)}`)
    const read: string[] = []
    for await (const each of readCards(await fileOf(huge + card('VERSION:3.0', 'UID:2')), FILE_START))
      read.push('fault' in each ? each.fault : each.lines.join())
    expect(read).toEqual(['card-too-large', 'BEGIN:VCARD,VERSION:3.0,UID:2,END:VCARD'])
  })
})

describe('a line of a card', () => {
  it.each([
    ['TEL;TYPE="a:b;c",work:1', { name: 'TEL', value: '1' }],
    ['email;type=INTERNET:a@b.example', { name: 'EMAIL', value: 'a@b.example' }],
    ["X-A;P=^n^^^':v", { name: 'X-A', value: 'v' }],
    ['FN;X="never closed:value', { name: 'FN', value: 'value' }],
  ])('%s', (line, expected) => {
    expect(readProperty(line)).toMatchObject(expected)
  })

  it.each(['no colon', ':no name', 'A B:space in the name', ''])('%s is none', (line) => {
    expect(readProperty(line)).toBeNull()
  })
})
