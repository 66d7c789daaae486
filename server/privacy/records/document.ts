/** A document as what it says; how it looks is decided last. */
export type Block =
  | { title: string }
  | { heading: string }
  | { text: string }
  | { list: string[] }
  | { table: string[][] }

export const markdownOf = (blocks: Block[]): string => `${blocks.map(toMarkdown).join('\n\n')}\n`

function toMarkdown(block: Block): string {
  if ('title' in block) return `# ${block.title}`
  if ('heading' in block) return `## ${block.heading}`
  if ('text' in block) return block.text
  if ('list' in block) return block.list.map((item) => `- ${item}`).join('\n')
  const [head = [], ...rows] = block.table.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** Stands alone, without scripts, and prints well. */
export const htmlOf = (blocks: Block[], language: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(blocks.flatMap((block) => ('title' in block ? [block.title] : [])).join())}</title><style>${STYLE}</style></head>
<body><main>${blocks.map(toHtml).join('\n')}</main></body></html>
`

function toHtml(block: Block): string {
  if ('title' in block) return `<h1>${escaped(block.title)}</h1>`
  if ('heading' in block) return `<h2>${escaped(block.heading)}</h2>`
  if ('text' in block) return `<p>${escaped(block.text)}</p>`
  if ('list' in block) return `<ul>${block.list.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
  const [head = [], ...rows] = block.table
  const cells = (row: string[], tag: 'th' | 'td') =>
    `<tr>${row.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells(head, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('')}</tbody></table>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:0}
main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem 4rem}@media (max-width:40rem){h1{font-size:1.2rem}}h1{overflow-wrap:anywhere;hyphens:auto}h2{margin:2rem 0 .5rem;font-size:1.15rem}h2::first-letter{text-transform:uppercase}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-top:1px solid #8886;overflow-wrap:break-word;hyphens:auto}
@media (max-width:26rem){th,td{min-width:4rem;overflow-wrap:anywhere}}
tr{break-inside:avoid}@media print{main{padding:0}}`
