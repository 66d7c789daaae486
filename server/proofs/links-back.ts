import { createHmac } from 'node:crypto'
import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import { webAddress } from '../connectors/markup.ts'
import type { Services } from '../platform/services.ts'

/**
 * The address that a customer puts on a page of theirs (rel="me", as the IndieWeb and Mastodon have it). It stands there
 * for everybody to read, so it opens nothing; nobody can make it but us, so only who may write the page can have put it
 * there. Derived, not stored.
 */
export function personalAddress(services: Services, slug: string, workspaceId: string, proofId: string): string {
  const code = createHmac('sha256', services.secrets.derive('proof-links'))
    .update(`${workspaceId}\n${proofId}`)
    .digest('base64url')
    .slice(0, 22)
  return `${services.config.publicUrl}/p/${slug}/me/${code}`
}

/** In these the markup is text: what a visitor wrote there is no link of the page. */
const RAW: Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = {
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
  style: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  noscript: TokenizerMode.RAWTEXT,
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
}
const REL_SEPARATOR = /[\t\n\f\r ]+/

/** Whether a page links to the address with rel="me", in an `a` or a `link`. Linear in the page's length. */
export function linksBack(markup: string, address: string, base: string): boolean {
  let found = false
  // What lies in a template is not on the page.
  let templates = 0
  const tokenizer = new Tokenizer(
    {},
    {
      ...silent,
      onStartTag: (tag: Token.TagToken) => {
        if (tag.tagName === 'template') templates++
        else if (templates === 0 && leadsTo(tag, address, base)) found = true
        const raw = RAW[tag.tagName]
        if (raw !== undefined) tokenizer.state = raw
      },
      onEndTag: (tag: Token.TagToken) => {
        if (tag.tagName === 'template') templates = Math.max(0, templates - 1)
      },
    },
  )
  tokenizer.write(markup, true)
  return found
}

function leadsTo({ tagName, attrs }: Token.TagToken, address: string, base: string): boolean {
  if (tagName !== 'a' && tagName !== 'link') return false
  const attribute = (name: string) => attrs.find((one) => one.name === name)?.value
  const isMine = (attribute('rel') ?? '').toLowerCase().split(REL_SEPARATOR).includes('me')
  return isMine && webAddress(attribute('href'), base)?.replace(/\/$/, '') === address
}

const silent = {
  onComment() {},
  onDoctype() {},
  onEof() {},
  onCharacter() {},
  onNullCharacter() {},
  onWhitespaceCharacter() {},
}
