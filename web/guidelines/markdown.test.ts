import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarkdownText } from './markdown.tsx'

const rendered = (text: string) => renderToStaticMarkup(createElement(MarkdownText, { text, language: 'en' }))

test('a guideline is rendered below the heading of its screen', () => {
  expect(rendered('# How we speak\n\n**Kindly**')).toContain('<h2>How we speak</h2>')
  expect(rendered('**Kindly**')).toContain('<strong>Kindly</strong>')
})

test('what looks like markup stays text, addresses that run are dropped, and pictures ask nobody', () => {
  const html = rendered(
    '<script>alert(1)</script>\n\n<b onclick="x()">bold</b> [a](javascript:alert(1)) [b](https://example.org) ![c](https://example.org/c.png)',
  )
  expect(html).not.toMatch(/<script|<b |javascript:|<img/)
  expect(html).toContain('&lt;script&gt;')
  expect(html).toContain('href="https://example.org"')
})
