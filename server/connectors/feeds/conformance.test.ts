import { startTwin } from '../../../twin/twin.ts'
import { describeConnector } from '../conformance/conformance.ts'
import type { Stage } from '../conformance/stage.ts'
import { openOutside } from '../outside.ts'
import { feeds } from './index.ts'

const SITE = 'netzgeplauder'

async function stageOnTwin(format: 'rss.xml' | 'atom.xml' | 'feed.json'): Promise<Stage> {
  const twin = await startTwin()
  const { control } = twin
  const connector = feeds(openOutside({ allowPrivate: twin.urls.allowPrivate }))
  const guarded = feeds(openOutside({ allowPrivate: [] }))
  let articles = 0
  return {
    connector,
    guarded,
    connection: { settings: { address: twin.urls.feed(SITE, format) }, credentials: null },
    faults: { arm: control.fault, clear: () => void control.clearFaults() },
    paths: { hear: `/sites/${SITE}/` },
    say: async (text) =>
      control.article({ site: SITE, id: `said-${++articles}-`, title: 'Ein Beitrag', html: `<p>${text}</p>` }).id,
    edit: async (id, text) => void control.article({ site: SITE, id, html: `<p>${text}</p>` }),
    remove: async (id) => void control.removeArticle({ site: SITE, id }),
    stop: async () => {
      for (const one of [connector, guarded]) await one[Symbol.asyncDispose]()
      await twin.stop()
    },
  }
}

for (const format of ['rss.xml', 'atom.xml', 'feed.json'] as const) {
  describeConnector(`a forum on the twin (${format})`, { hears: 'poll', speaks: false }, () => stageOnTwin(format))
}
