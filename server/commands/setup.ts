import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { createUser, createWorkspace, findUser, needsSetUp } from '../accounts/index.ts'
import { createTopic } from '../listening/index.ts'
import { proposeTopic } from '../matching/index.ts'
import type { Services } from '../platform/services.ts'
import { start } from '../start.ts'
import { type Command, CommandFault, textOption } from './run-command.ts'

const input = z.object({
  email: z.email('--email must be a mail address'),
  password: z
    .string()
    .min(10, 'the password needs at least 10 characters')
    .max(128, 'the password has more than 128 characters'),
  workspace: z.string().trim().min(1, '--workspace needs a name').max(200),
  brand: z.string().trim().max(200),
  language: z.enum(['en', 'de', 'nl'], 'Rapport speaks en, de and nl: --language must be one of them'),
  name: z.string().trim().min(1).max(200),
})

export const setup: Command = {
  name: 'setup',
  summary:
    'The first run without a browser: owner, workspace and a topic for the brand. A further run adds a workspace.',
  usage:
    'rapport setup --email ADDRESS --password-stdin --workspace NAME [--brand BRAND] [--language en|de|nl] [--name NAME] [--json]',
  options: {
    email: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    workspace: { type: 'string' },
    brand: { type: 'string' },
    language: { type: 'string' },
    name: { type: 'string' },
  },
  async run(command) {
    if (!command.options['password-stdin'])
      throw new CommandFault(
        'usage',
        `The password is read from standard input: echo "$PASSWORD" | rapport setup --password-stdin …`,
      )
    const email = textOption(command, 'email') ?? ''
    const parsed = input.safeParse({
      email,
      password: (await text(process.stdin)).replace(/\r?\n$/, ''),
      workspace: textOption(command, 'workspace') ?? '',
      brand: textOption(command, 'brand') ?? '',
      language: textOption(command, 'language') ?? 'en',
      name: textOption(command, 'name') ?? (email.split('@')[0] || 'Owner'),
    })
    if (!parsed.success) throw new CommandFault('invalid', parsed.error.issues.map((issue) => issue.message).join('\n'))
    const given = parsed.data
    const started = await start(command.config, command.say)
    try {
      const { services } = started
      const first = await needsSetUp(services)
      const present = await findUser(services, { email: given.email })
      if (!first && !present?.installationAdmin)
        throw new CommandFault(
          'already-set-up',
          'This installation has an owner already. Use their address to add a workspace, or invite people in the browser.',
        )
      const userId = present?.userId ?? (await createUser(services, { ...given, installationAdmin: true }))
      const languages = [...new Set([given.language, 'en'])]
      const { workspaceId, slug, memberId } = await createWorkspace(services, userId, {
        name: given.workspace,
        brand: given.brand,
        kind: 'small-team',
        languages,
        timeZone: 'Europe/Berlin',
      })
      const topicId = await beginTopic(services, workspaceId, memberId, given.brand, languages)
      command.say(
        `Workspace "${given.workspace}" is ready. Sign in as ${given.email}: ${services.config.publicUrl}/w/${slug}`,
      )
      return { userId, workspaceId, slug, topicId }
    } finally {
      await started.stop()
    }
  },
}

/** The topic that the first run in a browser would propose; null where the brand's name gives none. */
async function beginTopic(
  services: Services,
  workspaceId: string,
  memberId: string,
  brand: string,
  languages: string[],
): Promise<string | null> {
  const query = brand ? proposeTopic(brand, languages) : null
  if (!query) return null
  return services.database.inWorkspace(workspaceId, { kind: 'member', id: memberId }, (tx) =>
    createTopic(tx, { name: brand, kind: 'brand', query, languages, opensConversations: true }, services.clock.now()),
  )
}
