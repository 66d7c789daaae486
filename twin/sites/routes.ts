import { Hono } from 'hono'
import { type Site, sites } from '../../seeds/index.ts'
import type { Article } from '../changes.ts'
import { Html, html, pageResponse } from '../html.ts'
import type { World } from '../world.ts'
import { type FeedFormat, feedResponse, mediaTypeOf } from './feeds.ts'

const FORMATS: FeedFormat[] = ['rss.xml', 'atom.xml', 'feed.json']

/** Forum, blog, news and reviews: a front page that announces its feed, a page for each article, three feeds. */
export function siteRoutes(world: World, base: () => string): Hono {
  const app = new Hono()
  app.get('/sites/:site/:name{.*}', (c) => {
    const site = sites.find((one) => one.key === c.req.param('site'))
    if (site === undefined) return new Response('not found', { status: 404 })
    const articles = [...(world.articles.get(site.key)?.values() ?? [])]
    const name = c.req.param('name')
    const format = FORMATS.find((one) => one === name)
    if (format !== undefined) return feedResponse(site, format, articles, base(), c.req.raw)
    if (name === '') return frontPage(site, articles)
    const article = articles.find((one) => one.id === name)
    return article === undefined ? new Response('not found', { status: 404 }) : articlePage(site, article, articles)
  })
  app.get('/sites/:site', (c) => c.redirect(`/sites/${c.req.param('site')}/`, 301))
  return app
}

function frontPage(site: Site, articles: Article[]): Response {
  const threads = articles
    .filter((one) => one.parentId === null)
    .sort((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1))
  const body = html`<header><h1>${site.name}</h1><p>${site.description}</p></header>${threads.map(
    (one) =>
      html`<article><a href="/sites/${site.key}/${one.id}"><b>${one.title}</b></a><p class="quiet">${one.author}, ${one.publishedAt.slice(0, 10)}</p></article>`,
  )}`
  return pageResponse({ title: site.name, body, head: announcement(site) })
}

function articlePage(site: Site, article: Article, articles: Article[]): Response {
  const replies = articles.filter((one) => one.parentId === article.id)
  const body = html`<h1>${article.title}</h1>${[article, ...replies].map(
    (one) =>
      html`<article id="${one.id}"><b>${one.author}</b> <time>${one.publishedAt.slice(0, 16).replace('T', ' ')}</time>${written(one)}</article>`,
  )}`
  return pageResponse({ title: `${article.title} – ${site.name}`, body, head: announcement(site) })
}

/** Articles are the story's own HTML: written by us, so it stands as it is. */
const written = (article: Article): Html => new Html(article.html)

const announcement = (site: Site): Html =>
  html`<link rel="alternate" type="${mediaTypeOf(site.feed).replace(/;.*/, '')}" title="${site.name}" href="/sites/${site.key}/${site.feed}">`
